import { grouped } from '../terminal/figures.ts';
import { createStyle } from '../terminal/style.ts';
import { secondsText } from './table-lines.ts';
import { verdictLines } from './verdict-lines.ts';
import type { TableView, View } from './view.ts';

const plain = createStyle(false);
const widestLine = 200;

/** What a log says of the way from one view to the next; how the tables stand is left to `statusLine`. */
export const news = (before: View | undefined, now: View): readonly string[] => [
  ...partNews(before, now),
  ...changed(before?.activity, now.activity || undefined, (activity) => [activity]),
  ...changed(before?.notice, now.notice, (notice) => [`The function says: ${notice}`]),
  ...changed(before?.verdict, now.verdict, (verdict) => verdictLines(verdict, widestLine, plain)),
  ...(before?.searches.length
    ? []
    : now.searches.flatMap(({ command, answer }) => [command, `  ${answer}`])),
  ...changed(before?.footer, now.footer, (footer) => [footer]),
];

/** How a table and its index stand, in one line. */
export const statusLine = ({ name, counts, documents, items, ...times }: TableView): string => {
  const outcomes = Object.entries(counts).map(
    ([outcome, count]) => `${outcome.replace('_', '-')} ${grouped(count)}`,
  );
  const sizes = `documents ${grouped(documents ?? 0)}, items ${grouped(items ?? 0)}`;
  const { p50Seconds, p99Seconds } = times;
  const latency = `put → hit p50 ${secondsText(p50Seconds)} s, p99 ${secondsText(p99Seconds)} s`;
  return `${name}: ${outcomes.join(', ')}, ${sizes}, ${latency}`;
};

const partNews = (before: View | undefined, now: View): readonly string[] =>
  now.parts.flatMap(({ name, detail }, at) =>
    before?.parts[at]?.detail === detail ? [] : [`${name}: ${detail}`],
  );

const changed = <Value>(
  before: Value | undefined,
  now: Value | undefined,
  describe: (value: Value) => readonly string[],
): readonly string[] => (now === undefined || now === before ? [] : describe(now));
