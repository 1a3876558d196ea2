import { grouped } from '../../terminal/figures.ts';
import { medianOf, pairedRatios, type Spread, spreadOf } from '../statistics.ts';
import { atLeast, atMost, type Target, targetLine } from '../target.ts';
import type { OperatorMemory, OperatorResult } from './contest.ts';
import { MEASURED, type Measured, SEGMENTS, type Source } from './measure.ts';

const NAMES: Readonly<Record<Measured, string>> = {
  scan: 'floor: raw scan',
  bulk: 'floor: raw _bulk',
  backfill: 'backfill',
  verify: 'verify',
};

const SOURCES: Readonly<Record<Source, string>> = {
  remembered: "DynamoDB's answers replayed from memory",
  live: 'DynamoDB Local on the same cores',
};

const SPEED_TARGETS = { backfill: 0.8, verify: 0.5 } as const;
const MEMORY_TARGET = 1.2;

/** What the operator commands came to, as text. */
export const operatorReport = (result: OperatorResult): string => {
  const { items, rounds } = result.settings;
  return [
    `operator commands: ${grouped(items)} items of 0.4 KB, ${SEGMENTS} segments, ${rounds} rounds;`,
    'the floor (*) is the slower one; commands with the start of their process',
    ...sourceLines(result, 'remembered'),
    ...sourceLines(result, 'live'),
    ...memoryLines(result.memory),
    '',
  ].join('\n');
};

const sourceLines = (result: OperatorResult, source: Source): readonly string[] => {
  const of = (measured: Measured): readonly number[] =>
    result.samples
      .filter((sample) => sample.source === source && sample.measured === measured)
      .map(({ milliseconds }) => milliseconds);
  const floor = medianOf(of('scan')) > medianOf(of('bulk')) ? 'scan' : 'bulk';
  const ratios = (measured: Measured): Spread => spreadOf(pairedRatios(of(floor), of(measured)));
  const rows = MEASURED.map((measured) => {
    const name = NAMES[measured] + (measured === floor ? '*' : '');
    const perSecond = Math.round((result.settings.items / medianOf(of(measured))) * 1000);
    return `${name.padEnd(20)}${grouped(perSecond).padStart(9)} ${spread(ratios(measured)).padStart(16)}`;
  });
  const targets = (['backfill', 'verify'] as const).map((command) =>
    atLeast(`${command}, of the slower floor`, ratios(command).median, SPEED_TARGETS[command]),
  );
  const heading = `${SOURCES[source]}:`;
  return [
    heading,
    `${''.padEnd(20)}${'items/s'.padStart(9)} ${'÷ floor'.padStart(16)}`,
    ...rows,
    ...targets.map(targetLine),
  ];
};

const spread = ({ median, lowerQuartile, upperQuartile }: Spread): string =>
  `${median.toFixed(2)} (${lowerQuartile.toFixed(2)}–${upperQuartile.toFixed(2)})`;

const memoryLines = (memory: readonly OperatorMemory[]): readonly string[] => {
  const [few, many] = memory;
  if (few === undefined || many === undefined) return [];
  return [
    `peak memory, MB:        ${memory.map(({ items }) => `${grouped(items)} items`.padStart(18)).join('')}`,
    ...(['backfill', 'verify'] as const).flatMap((command) => [
      `  ${command.padEnd(22)}${memory.map((of) => megabytes(of[command]).padStart(18)).join('')}`,
      `  ${''.padEnd(22)}${memory.map((of) => seconds(of, command).padStart(18)).join('')}`,
      targetLine(atMostTimes(command, many[command] / few[command])),
    ]),
  ];
};

const atMostTimes = (command: string, ratio: number): Target =>
  atMost(`${command}, many items to few`, ratio, MEMORY_TARGET);

const megabytes = (bytes: number): string => (bytes / 1024 ** 2).toFixed(0);

const seconds = (of: OperatorMemory, command: 'backfill' | 'verify'): string =>
  `in ${(of[`${command}Milliseconds`] / 1000).toFixed(1)} s`;
