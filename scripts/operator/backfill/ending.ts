import type { DeadLetterLocation } from '../../../function/src/configuration/configuration.ts';
import type { BackfillCounts } from '../../../function/src/operator/backfill/counts.ts';
import type { Canvas } from '../../terminal/canvas.ts';
import { grouped, spoken } from '../../terminal/figures.ts';
import { wrapped } from '../../terminal/text.ts';
import { programName } from '../help.ts';
import type { BackfillPlan } from './plan.ts';

/** What is needed to say what a backfill came to. */
export type Ending = Pick<BackfillPlan, 'table' | 'state'> & {
  readonly isDone: boolean;
  readonly deadLetter: DeadLetterLocation;
  readonly parameter: string;
};

/** What a backfill that is done came to, for people: only what is to be pasted may be wider than the terminal. */
export const endingLines = (ending: Ending, { columns, style }: Canvas): readonly string[] => {
  const { table, state, parameter } = ending;
  const { counts, milliseconds } = state;
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
          `  When they can be taken: npx ${programName} replay --table ${table.name} --parameter ${parameter}`,
        ]
      : []),
    `  Verify it: npx ${programName} verify ${table.name} --parameter ${parameter}`,
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
  const { table, state, isDone } = ending;
  const { readUnits, ...counts } = state.counts;
  return {
    type: 'backfill',
    table: table.name,
    index: table.index,
    is_done: isDone,
    ...counts,
    read_units: readUnits,
    seconds: Math.round(state.milliseconds / 1000),
    items_per_second: itemsPerSecond(state.counts, state.milliseconds),
    ...(state.counts.rejected > 0 && { dead_letters: placeOfLetters(ending) }),
  };
};
