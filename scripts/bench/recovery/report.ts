import { grouped } from '../../terminal/figures.ts';
import type { Recovery } from './contest.ts';
import type { Outage } from './outage.ts';

const NAMES: Readonly<Record<Outage, string>> = {
  503: 'answers 503',
  cut: 'cuts connections',
};

const WIDTHS = [12, 14, 14, 10, 7];

/** How a table came out of outages, as text. */
export const recoveryReport = (recoveries: readonly Recovery[]): string => {
  const [first] = recoveries;
  return [
    `recovery: OpenSearch is away for ${first?.outageSeconds} s, while a table is changed ${first?.changesPerSecond} times a second; seconds`,
    line('OpenSearch', ['usual p99', 'caught up', 'as before', 'changes', 'lost']),
    ...recoveries.map((recovery) =>
      line(NAMES[recovery.outage], [
        recovery.usualSeconds.toFixed(2),
        recovery.caughtUpSeconds.toFixed(1),
        recovery.usualAgainSeconds.toFixed(1),
        grouped(recovery.changes),
        grouped(recovery.lost),
      ]),
    ),
    'caught up: after its return all that was changed before is found; as before: so is every change, in twice the usual time',
    'at most. The floor is the pause of the event source mapping and the function: both back off while nobody answers.',
    '',
  ].join('\n');
};

const line = (label: string, cells: readonly string[]): string =>
  `  ${label}`.padEnd(20) + cells.map((cell, at) => cell.padStart(WIDTHS[at] ?? 0)).join('');
