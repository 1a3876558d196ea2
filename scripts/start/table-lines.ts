import { grouped } from '../terminal/figures.ts';
import type { Style } from '../terminal/style.ts';
import type { TableView } from './view.ts';

interface Column {
  readonly header: readonly [string, string];
  readonly cell: (table: TableView) => string;
  /** Whether the number is one that nobody wants to see. */
  readonly isBad?: (table: TableView) => boolean;
  /** Whether a narrow terminal goes without. */
  readonly isSpare?: boolean;
}

const allColumns: readonly Column[] = [
  { header: ['', 'received'], cell: ({ counts }) => grouped(counts.received), isSpare: true },
  { header: ['', 'written'], cell: ({ counts }) => grouped(counts.written) },
  { header: ['', 'folded'], cell: ({ counts }) => grouped(counts.folded), isSpare: true },
  { header: ['super-', 'seded'], cell: ({ counts }) => grouped(counts.superseded), isSpare: true },
  {
    header: ['dead-', 'lettered'],
    cell: ({ counts }) => grouped(counts.dead_lettered),
    isBad: ({ counts }) => counts.dead_lettered > 0,
  },
  { header: ['', 'retried'], cell: ({ counts }) => grouped(counts.retried) },
  { header: ['docu-', 'ments'], cell: ({ documents }) => count(documents) },
  { header: ['', 'items'], cell: ({ items }) => count(items) },
  { header: ['put →', 'p50'], cell: ({ p50Seconds }) => secondsText(p50Seconds), isSpare: true },
  { header: ['hit', 'p99'], cell: ({ p99Seconds }) => secondsText(p99Seconds), isSpare: true },
];

const narrowColumns = 92;
const fewestForAll = 76; // with numbers of five digits

/** The live table: two lines of header and one a table, without a margin. */
export const tableLines = (
  tables: readonly TableView[],
  terminalColumns: number,
  style: Style,
): readonly string[] => {
  const columns = allColumns.filter(({ isSpare }) => terminalColumns >= fewestForAll || !isSpare);
  const layout: Layout = {
    columns,
    gap: terminalColumns < narrowColumns ? ' ' : '  ',
    nameWidth: widest(tables.map(({ name }) => name)),
    widths: columns.map(({ header, cell }) => widest([...header, ...tables.map(cell)])),
  };
  return [
    style.quiet(headerLine(layout, 0)),
    style.quiet(headerLine(layout, 1)),
    ...tables.map((table) => tableLine(layout, table, style)),
  ];
};

interface Layout {
  readonly columns: readonly Column[];
  readonly gap: string;
  readonly nameWidth: number;
  readonly widths: readonly number[];
}

const headerLine = ({ columns, gap, nameWidth, widths }: Layout, row: 0 | 1): string => {
  const cells = columns.map(({ header }, at) => header[row].padStart(widths[at] ?? 0));
  return [' '.repeat(nameWidth), ...cells].join(gap);
};

const tableLine = (layout: Layout, table: TableView, style: Style): string => {
  const { columns, gap, nameWidth, widths } = layout;
  const cells = columns.map(({ cell, isBad }, at) => {
    const text = cell(table).padStart(widths[at] ?? 0);
    return isBad?.(table) ? style.bad(text) : text;
  });
  return [table.name.padEnd(nameWidth), ...cells].join(gap);
};

const widest = (texts: readonly string[]): number => Math.max(...texts.map(({ length }) => length));

const count = (number: number | undefined): string =>
  number === undefined ? '–' : grouped(number);

/** Seconds with three digits or so, as all of them fit under "p99". */
export const secondsText = (time: number | undefined): string =>
  time === undefined ? '–' : time.toFixed(time < 10 ? 2 : 1);
