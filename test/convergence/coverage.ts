import type { Group, Tally } from './tally.ts';
import { LETTER_FAULTS, PARAMETER_FAULTS, READ_FAULTS } from './weather/aws-faults.ts';
import { OPENSEARCH_FAULTS, OPERATOR_FAULTS } from './weather/open-search-faults.ts';

/** What a long run must have met at least once to be worth its name, by group. */
const WANTED = {
  fault: [
    ...Object.keys(OPENSEARCH_FAULTS),
    ...Object.keys(LETTER_FAULTS),
    ...Object.keys(PARAMETER_FAULTS),
    ...Object.keys(READ_FAULTS),
    ...Object.keys(OPERATOR_FAULTS),
    'stream that could not be read',
    'batch given up by Lambda',
    'batch delivered once more',
    'bisected batch',
    'index deleted',
    'node stopped and started again',
    'node killed and started again',
  ],
  step: [
    ...['put', 'update', 'delete', 'expire', 'recreate', 'burst', 'transact', 'malformed'],
    ...['change in the second of the one before', 'change dated before the one before'],
    ...['clock', 'split', 'close', 'follow anew', 'kill', 'block', 'release'],
  ],
  late: ['before a newer one', 'after a newer one'],
  ending: ['answered', 'crashed', 'failed', 'timed-out'],
  operator: ['backfill', 'verify --repair', 'replay'],
  outcome: ['Written', 'Folded', 'Superseded', 'DeadLettered', 'Retried', 'Reread'],
} as const satisfies Partial<Record<Group, readonly string[]>>;

/** What a run has not met, each as `group: what`. */
export const missedBy = (tally: Tally): readonly string[] =>
  Object.entries(WANTED).flatMap(([group, wanted]) =>
    wanted
      .filter((what) => tally.of(groupOf(group), what) === 0)
      .map((what) => `${group}: ${what}`),
  );

const groupOf = (name: string): Group => {
  const group = GROUPS.find((known) => known === name);
  if (group === undefined) throw new Error(`there is no group ${name}`);
  return group;
};

const GROUPS: readonly Group[] = ['work', 'step', 'fault', 'late', 'ending', 'operator', 'outcome'];
