import { type Style, shortened } from '../terminal/style.ts';
import { tableLines } from './table-lines.ts';
import { verdictLines } from './verdict-lines.ts';
import type { Part, SearchView, TimedChange, View } from './view.ts';

/** Where a frame is shown. */
export interface Canvas {
  readonly columns: number;
  readonly rows: number;
  readonly style: Style;
}

const changesShown = 5;
const legend = 'put → hit: seconds from PutItem until a search finds the item';

/** What a terminal shows of a view: lines that fit, commands excepted, since those are to be pasted whole. */
export const frame = (view: View, canvas: Canvas): readonly string[] => {
  const margin = canvas.columns < 84 ? ' ' : '  ';
  const inner = { ...canvas, columns: Math.min(canvas.columns, 100) - margin.length };
  const above = [...titleLines(inner), ...partLines(view, inner), ...tableSection(view, inner)];
  const middle = [...verdictSection(view, inner), ...searchLines(view.searches, inner)];
  const below = footerLines(view, inner);
  const room = canvas.rows - 2 - above.length - middle.length - below.length;
  const shown = Math.min(Math.max(room, 0), changesShown);
  const changes = changeLines(view.changes.slice(0, shown), inner);
  return [...above, ...middle, ...changes, ...below].map((line) => (line ? margin + line : line));
};

const titleLines = ({ columns, style }: Canvas): readonly string[] => {
  const title = 'DynamoDB → OpenSearch';
  const subtitle = 'two real servers and the built function between them';
  return [
    '',
    `${style.strong(title)}  ${style.quiet(shortened(subtitle, columns - title.length - 2))}`,
    '',
  ];
};

const partLines = ({ parts, seconds }: View, { columns, style }: Canvas): readonly string[] =>
  parts.map(({ name, isUp, detail, sinceSeconds }: Part) => {
    const room = columns - 14;
    const waited = `${detail} (${Math.floor(seconds - sinceSeconds)} s)`;
    const text = isUp ? shortened(detail, room) : style.quiet(shortened(waited, room));
    return `${isUp ? style.good('✓') : style.quiet('·')} ${name.padEnd(10)}  ${text}`;
  });

const tableSection = ({ tables }: View, { columns, style }: Canvas): readonly string[] =>
  tables.length === 0 ? [] : ['', ...tableLines(tables, columns, style), style.quiet(legend)];

const verdictSection = (
  { verdict, activity, tables }: View,
  { columns, style }: Canvas,
): readonly string[] => {
  if (verdict !== undefined) return ['', ...verdictLines(verdict, columns, style)];
  return tables.length === 0 ? [] : ['', `${style.quiet('·')} ${shortened(activity, columns - 2)}`];
};

const searchLines = (searches: readonly SearchView[], { columns, style }: Canvas) =>
  searches.length === 0
    ? []
    : [
        '',
        ...searches.flatMap(({ command, answer }) => [
          command,
          style.quiet(shortened(`  ${answer}`, columns)),
        ]),
      ];

const changeLines = (changes: readonly TimedChange[], { columns, style }: Canvas) =>
  changes.length === 0
    ? []
    : [
        '',
        ...changes.map(({ time, verb, table, title, description }) => {
          const text = shortened(`${title}  ${description}`.trim(), columns - 28);
          return `${style.quiet(time)}  ${verb.padEnd(8)}  ${table.padEnd(6)}  ${text}`;
        }),
      ];

const footerLines = ({ notice, footer }: View, { columns, style }: Canvas) => [
  ...(notice === undefined
    ? []
    : ['', style.bad(shortened(`The function says: ${notice}`, columns))]),
  '',
  style.quiet(footer),
];
