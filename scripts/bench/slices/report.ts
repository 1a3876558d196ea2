import { grouped } from '../../terminal/figures.ts';
import { spreadOf } from '../statistics.ts';
import type { SlicesResult } from './contest.ts';
import { MEMORY_MEGABYTES } from './measure.ts';

/** What slices came to, as text. */
export const slicesReport = ({ settings, rounds }: SlicesResult): string => {
  const { items } = settings;
  const phases = [...new Set(rounds.flatMap((times) => times.map(({ phase }) => phase)))];
  return [
    `slices: ${grouped(items)} items of 0.4 KB in one segment, one invocation of ${MEMORY_MEGABYTES} MB at a time, ${settings.rounds} rounds`,
    `${''.padEnd(12)}${'items/s'.padStart(9)}${'GB-seconds for a million items'.padStart(34)}`,
    ...phases.map((phase) => {
      const milliseconds = rounds.flatMap((times) =>
        times.filter((time) => time.phase === phase).map((time) => time.milliseconds),
      );
      const { median, lowerQuartile, upperQuartile } = spreadOf(milliseconds);
      const cost = (of: number) => ((of / items) * 1000 * MEMORY_MEGABYTES) / 1024;
      const perSecond = grouped(Math.round((items / median) * 1000));
      const spread = `${cost(median).toFixed(0)} (${cost(lowerQuartile).toFixed(0)}–${cost(upperQuartile).toFixed(0)})`;
      return `${phase.padEnd(12)}${perSecond.padStart(9)}${spread.padStart(34)}`;
    }),
    '',
  ].join('\n');
};
