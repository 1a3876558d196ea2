import { isMended } from '../../../function/src/operator/verify/verdict.ts';
import {
  differencesIn,
  type VerificationCounts,
} from '../../../function/src/operator/verify/verification.ts';
import type { Canvas } from '../../terminal/canvas.ts';
import { counted, grouped } from '../../terminal/figures.ts';
import type { Style } from '../../terminal/style.ts';
import { wrapped } from '../../terminal/text.ts';
import { commandToPaste, type Place } from '../command-to-paste.ts';
import type { Wishes } from './options.ts';

/** What a verification of one table has come to. */
export type Outcome = Place & {
  readonly table: string;
  readonly counts: VerificationCounts;
  readonly wishes: Pick<Wishes, 'isRepairing' | 'samplePercent'>;
  /** Differences that were not listed. */
  readonly unshown: number;
};

/** The last lines about a table: whether its index equals it, what else was seen, and what mends it. */
export const verdictLines = (outcome: Outcome, { columns, style }: Canvas): readonly string[] => [
  ...(outcome.unshown > 0
    ? [`  and ${grouped(outcome.unshown)} more, which --verbose or --json list`]
    : []),
  ...wrapped(verdict(outcome, style), columns),
  ...remarks(outcome).flatMap((remark) => wrapped(remark, columns, '  ')),
  ...cures(outcome, columns),
];

const verdict = (outcome: Outcome, style: Style): string => {
  const { table, counts, wishes } = outcome;
  const found = differencesIn(counts);
  const sample =
    wishes.samplePercent === undefined ? '' : `, by a sample of ${wishes.samplePercent} %`;
  if (found === 0) {
    const compared = `${table}: ${counted(counts.compared, 'item')}, each compared with its document`;
    return `${style.good('✓')} ${style.strong(`index equals table${sample}`)}  ${compared}${changingText(counts)}`;
  }
  if (isMended(counts)) {
    const repaired = `${table}: ${counted(found, 'difference')}, ${found === 1 ? 'repaired' : 'all repaired'}`;
    return `${style.good('✓')} ${style.strong(`index equals table${sample}`)}  ${repaired}${changingText(counts)}`;
  }
  const differs = `${style.bad('✗')} ${style.strong(`index differs from table${sample}`)}`;
  const repaired = wishes.isRepairing ? `; ${grouped(counts.repaired)} repaired` : '';
  return `${differs}  ${table}: ${kindsText(counts)} of ${counted(counts.items, 'item')}${repaired}${changingText(counts)}`;
};

// Never found equal, which is said in the same breath.
const changingText = ({ changing }: VerificationCounts): string => {
  if (changing === 0) return '';
  const follow = changing === 1 ? 'its document follows' : 'their documents follow';
  return `, ${counted(changing, 'item')} changed all the while and ${follow}`;
};

const kindsText = ({ missing, extra, stale, unwritable }: VerificationCounts): string =>
  Object.entries({ missing, extra, stale, unwritable })
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${grouped(count)} ${kind}`)
    .join(', ');

const remarks = ({ counts }: Outcome): readonly string[] => {
  const { unindexed, ignored } = counts;
  const fields = [...ignored].sort(([, one], [, other]) => other - one);
  return [
    ...(unindexed > 0 ? [`${counted(unindexed, 'item')} left out by where`] : []),
    ...fields.map(
      ([field, count]) =>
        `! ${field}: OpenSearch ignored it as malformed in ${counted(count, 'document')}, where no search by it finds them`,
    ),
  ];
};

const MANY_MISSING = 10_000;

const cures = (outcome: Outcome, columns: number): readonly string[] => {
  const { table, counts, wishes } = outcome;
  if (isMended(counts)) return [];
  if (wishes.isRepairing)
    return wrapped(
      'What was not repaired stays as it is, for the reason that its line names. Mend that, then repair again.',
      columns,
      '  ',
    );
  const command = counts.missing > MANY_MISSING ? `backfill ${table}` : `verify ${table} --repair`;
  return [`  To mend it: ${commandToPaste(command, outcome)}`];
};
