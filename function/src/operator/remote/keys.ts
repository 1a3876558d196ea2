import type { Part, Phase } from './order.ts';

/** What keys begin with of all that runs keep. */
export const OPERATIONS_PREFIX = 'operations/';

/** Key of a run's order and plan; it is below the run's own place, as all that follow. */
export const RUN_KEY = 'run.json';

/** Key of what it came to. */
export const REPORT_KEY = 'report.json';

/** What the keys of manifests begin with. */
export const MANIFESTS_PREFIX = 'phases/';

/** Key of a phase's manifest: its parts. */
export const manifestKey = (phase: Phase): string => `${MANIFESTS_PREFIX}${phase}.json`;

type PartName = Pick<Part, 'phase' | 'table' | 'segment'>;

/** What the keys of a phase's parts begin with. */
export const partsPrefix = (phase: Phase): string => `parts/${phase}/`;

/** What all keys of a part begin with. */
export const partPrefix = ({ phase, table, segment }: PartName): string =>
  `${partsPrefix(phase)}${table}/${segment}`;

/** Key of what a part has come to. */
export const stateKey = (part: PartName): string => `${partPrefix(part)}.json`;

/** What the keys of the lines begin with that a phase has found for a table. */
export const differencesPrefix = (phase: Phase, table: string): string =>
  `differences/${phase}/${table}/`;

/** Key of one of the files of lines that were found for a part. */
export const differencesKey = ({ phase, table, segment }: PartName, number: number): string =>
  `${differencesPrefix(phase, table)}${segment}-${number}.ndjson`;
