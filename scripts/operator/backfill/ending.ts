import type { DeadLetterLocation } from '../../../function/src/configuration/configuration.ts';
import type { Table } from '../../../function/src/core/table.ts';
import type { BackfillCounts } from '../../../function/src/operator/backfill/counts.ts';
import type { Canvas } from '../../terminal/canvas.ts';
import { grouped, spoken } from '../../terminal/figures.ts';
import { wrapped } from '../../terminal/text.ts';
import { commandToPaste, type Place } from '../command-to-paste.ts';

/** What is needed to say what a backfill came to. */
export type Ending = Place & {
  readonly table: Pick<Table, 'name' | 'index'>;
  readonly counts: BackfillCounts;
  /** How long it was worked on. */
  readonly milliseconds: number;
  readonly isDone: boolean;
  readonly deadLetter: DeadLetterLocation;
};

/** What a backfill that is done came to, for people: only what is to be pasted may be wider than the terminal. */
export const endingLines = (ending: Ending, { columns, style }: Canvas): readonly string[] => {
  const { table, counts, milliseconds } = ending;
  const speed = `${grouped(itemsPerSecond(counts, milliseconds))} items/s`;
  const units = counts.readUnits > 0 ? `, ${grouped(Math.round(counts.readUnits))} read units` : '';
  return [
    ...wrapped(
      `${style.strong(table.name)}  ${grouped(counts.read)} items in ${spoken(milliseconds)}, ${speed}${units}`,
      columns,
    ),
    row('written', counts.written, `to the index ${table.index}`),
    row('superseded', counts.superseded, 'the index holds something newer'),
    row('skipped', counts.skipped, 'left out by where'),
    row('rejected', counts.rejected, 'OpenSearch will never take them:'),
    ...(counts.rejected > 0
      ? [
          `    ${placeOfLetters(ending)}`,
          `  When they can be taken: ${commandToPaste(`replay --table ${table.name}`, ending)}`,
        ]
      : []),
    `  Verify it: ${commandToPaste(`verify ${table.name}`, ending)}`,
  ];
};

/** Over the time that was worked. */
const itemsPerSecond = ({ read }: BackfillCounts, milliseconds: number): number =>
  milliseconds > 0 ? Math.round((read / milliseconds) * 1000) : 0;

const row = (name: string, count: number, explanation: string): string =>
  `  ${name.padEnd(10)} ${grouped(count).padStart(13)}  ${count > 0 ? explanation : ''}`.trimEnd();

const placeOfLetters = ({ deadLetter: { bucket, prefix }, table }: Ending): string =>
  `s3://${bucket}/${prefix}${table.name}/`;

/** What a backfill came to, done or not, for machines. */
export const endingRecord = (ending: Ending): object => {
  const { table, isDone, milliseconds } = ending;
  const { readUnits, ...counts } = ending.counts;
  return {
    type: 'backfill',
    table: table.name,
    index: table.index,
    is_done: isDone,
    ...counts,
    read_units: readUnits,
    seconds: Math.round(milliseconds / 1000),
    items_per_second: itemsPerSecond(ending.counts, milliseconds),
    ...(counts.rejected > 0 && { dead_letters: placeOfLetters(ending) }),
  };
};

/** What the backfills of several tables came to, for machines; `left` are those that are not done. */
export const summaryRecord = (backfills: readonly BackfillCounts[], left: number): object => {
  const sum = (count: 'read' | 'written' | 'superseded' | 'skipped' | 'rejected') =>
    backfills.reduce((total, counts) => total + counts[count], 0);
  return {
    type: 'summary',
    tables: backfills.length,
    left,
    read: sum('read'),
    written: sum('written'),
    superseded: sum('superseded'),
    skipped: sum('skipped'),
    rejected: sum('rejected'),
  };
};
