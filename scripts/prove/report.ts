import { missedBy } from '../../test/convergence/coverage.ts';
import type { Group, Tally } from '../../test/convergence/tally.ts';
import { grouped } from '../terminal/figures.ts';

/** What the counts of each group are of. */
export const HEADINGS = {
  work: 'work',
  step: 'steps',
  fault: 'faults that really met something',
  late: 'operations that OpenSearch applied after the function had given up',
  ending: 'how invocations ended',
  operator: 'operator commands beside the function',
  outcome: 'what became of records, by the function’s own metrics',
} as const satisfies Record<Group, string>;

/** The groups, in the order of a report. */
export const GROUPS: readonly Group[] = [
  'work',
  'step',
  'fault',
  'late',
  'ending',
  'operator',
  'outcome',
];

/** What was counted, as a table that a person reads. */
export const reportText = (tally: Tally): string =>
  GROUPS.map((group) => `${HEADINGS[group]}\n${linesOf(tally.inGroup(group))}`).join('\n');

const linesOf = (counts: ReadonlyMap<string, number>): string =>
  [...counts].map(([what, count]) => `  ${grouped(count).padStart(12)}  ${what}\n`).join('');

/** What was counted, for machines. */
export const reportJson = (tally: Tally): object =>
  Object.fromEntries(GROUPS.map((group) => [group, Object.fromEntries(tally.inGroup(group))]));

/** Says what a run has not met, if there is anything; such a run proves less than it claims. */
export const missedText = (tally: Tally): string | undefined => {
  const missed = missedBy(tally);
  return missed.length === 0
    ? undefined
    : `never met:\n${missed.map((one) => `  ${one}\n`).join('')}`;
};

/** A line that says how far a run is. */
export const progressLine = (tally: Tally, minutes: number): string => {
  const faults = [...tally.inGroup('fault').values()].reduce((sum, count) => sum + count, 0);
  const count = (what: string) => grouped(tally.of('work', what));
  return `${minutes.toFixed(0).padStart(3)} min: ${count('histories')} histories, ${count('records')} records, ${count('invocations')} invocations, ${grouped(faults)} faults`;
};
