import { type Style, shortened } from '../terminal/style.ts';
import { fitted, heightOf } from '../terminal/text.ts';
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

/** What a terminal shows of a view: lines that fit, commands excepted, since those are to be pasted whole; and as much of it as has room. */
export const frame = (view: View, canvas: Canvas): readonly string[] => {
  let lines: readonly string[] = [];
  for (const part of everLess(view)) {
    lines = allLines(part, canvas);
    if (heightOf(lines, canvas.columns) < canvas.rows) break;
  }
  return lines;
};

/** The view, then without what can be missed first: changes, what is to be pasted, where the parts are. */
function* everLess(view: View): Generator<View> {
  for (let shown = changesShown; shown > 0; shown--)
    yield { ...view, changes: view.changes.slice(0, shown) };
  for (let shown = view.searches.length; shown >= 0; shown--)
    yield { ...view, changes: [], searches: view.searches.slice(0, shown) };
  yield { ...view, changes: [], searches: [], parts: [] };
}

const allLines = (view: View, canvas: Canvas): readonly string[] => {
  const margin = canvas.columns < 84 ? ' ' : '  ';
  const inner = { ...canvas, columns: Math.min(canvas.columns, 100) - margin.length };
  return [
    ...titleLines(inner),
    ...partSection(view, inner),
    ...tableSection(view, inner),
    ...verdictSection(view, inner),
    ...searchLines(view.searches, inner),
    ...changeLines(view.changes, inner),
    ...footerLines(view, inner),
  ].map((line) => (line ? margin + line : line));
};

const titleLines = ({ columns, style }: Canvas): readonly string[] => {
  const title = 'DynamoDB → OpenSearch';
  const subtitle = 'two real servers and the built function between them';
  return [
    '',
    `${style.strong(title)}  ${style.quiet(shortened(subtitle, columns - title.length - 2))}`,
  ];
};

const partSection = (view: View, canvas: Canvas): readonly string[] =>
  view.parts.length === 0 ? [] : ['', ...view.parts.map((part) => partLine(part, view, canvas))];

const partLine = (
  { name, isUp, detail, sinceSeconds }: Part,
  { seconds }: View,
  { columns, style }: Canvas,
): string => {
  const room = columns - 14;
  const waited = `${detail} (${Math.floor(seconds - sinceSeconds)} s)`;
  const text = isUp ? shortened(detail, room) : style.quiet(shortened(waited, room));
  return `${isUp ? style.good('✓') : style.quiet('·')} ${name.padEnd(10)}  ${text}`;
};

const tableSection = ({ tables }: View, { columns, style }: Canvas): readonly string[] => {
  if (tables.length === 0) return [];
  const lines = [...tableLines(tables, columns, style), style.quiet(legend)];
  return ['', ...lines.map((line) => fitted(line, columns))];
};

const verdictSection = (
  { verdict, activity, tables }: View,
  { columns, style }: Canvas,
): readonly string[] => {
  if (verdict !== undefined) {
    return ['', ...verdictLines(verdict, columns, style).map((line) => fitted(line, columns))];
  }
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

const footerLines = ({ notice, footer }: View, { columns, style }: Canvas): readonly string[] => [
  ...(notice === undefined
    ? []
    : ['', style.bad(shortened(`The function says: ${notice}`, columns))]),
  '',
  style.quiet(shortened(footer, columns)),
];
