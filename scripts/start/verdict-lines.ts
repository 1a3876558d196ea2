import { grouped } from '../terminal/figures.ts';
import { type Style, shortened } from '../terminal/style.ts';
import type { Verdict } from './view.ts';

const differencesShown = 5;

/** The result of a comparison, in one line, and the first differences if there are any, each in one more. */
export const verdictLines = (
  verdict: Verdict,
  terminalColumns: number,
  style: Style,
): readonly string[] => {
  const { differences, items, time } = verdict;
  const compared = style.quiet(`${grouped(items)} items, each compared with its document, ${time}`);
  if (differences.length === 0)
    return [`${style.good('✓')} ${style.strong('index equals table')}  ${compared}`];
  const found = `${grouped(differences.length)} of ${grouped(items)} items differ`;
  const more = differences.length - differencesShown;
  return [
    `${style.bad('✗')} ${style.strong('index differs from table')}  ${found}, ${time}`,
    ...differences
      .slice(0, differencesShown)
      .map((difference) =>
        shortened(`  ${difference.table}  ${described(difference)}`, terminalColumns),
      ),
    ...(more > 0 ? [style.quiet(`  and ${grouped(more)} more`)] : []),
  ];
};

const described = (difference: Verdict['differences'][number]): string => {
  switch (difference.kind) {
    case 'missing':
      return `${difference.id} has no document`;
    case 'extra':
      return `${difference.id} has a document and no item`;
    case 'stale': {
      const { path, table = 'absent', index = 'absent' } = difference.field;
      return `${difference.id}: ${path} should be ${table} and is ${index}`;
    }
  }
};
