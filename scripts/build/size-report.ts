import { grouped } from '../terminal/figures.ts';
import { type Budget, sizeOf } from './budget.ts';
import type { Bundle } from './bundle.ts';
import { type Part, partsOf } from './bundle-parts.ts';

/** What the report is about; sizes in bytes. */
export interface Sizes {
  readonly bundle: Bundle;
  readonly archiveBytes: number;
  readonly budget: Budget;
}

/** A table for the terminal of what makes up index.js: the lines above that one add up to it. */
export const sizeReport = ({ bundle, archiveBytes, budget }: Sizes): string => {
  const parts = partsOf(bundle);
  const { atOnceBytes, allBytes } = sizeOf(bundle);
  const rows: readonly Row[] = [
    ['', 'bytes', 'on demand'],
    ...parts.map(rowOf),
    rowOf({ name: 'index.js', bytes: allBytes, onDemandBytes: allBytes - atOnceBytes }),
    ['its budget', grouped(budget.allBytes), ''],
    ['what runs at once', grouped(atOnceBytes), ''],
    ['its budget', grouped(budget.atOnceBytes), ''],
    ['function.zip', grouped(archiveBytes), ''],
  ];
  const nameWidth = Math.max(...rows.map(([name]) => name.length));
  return rows.map((row) => line(row, nameWidth)).join('');
};

type Row = readonly [name: string, bytes: string, onDemandBytes: string];

const rowOf = ({ name, bytes, onDemandBytes }: Part): Row => [
  name,
  grouped(bytes),
  onDemandBytes === 0 ? '' : grouped(onDemandBytes),
];

const line = ([name, bytes, onDemandBytes]: Row, nameWidth: number): string =>
  `${name.padEnd(nameWidth)} ${bytes.padStart(9)} ${onDemandBytes.padStart(10)}\n`;
