/** How long every index has to remember deletions: what was read within that time cannot bring one back (contract §10). */
const NEEDED_MILLISECONDS = 60_000;

/**
 * Whether an index with this setting `index.gc_deletes`, such as `30s`, forgets deletions too soon: an
 * item that was read, and deleted before it was written, would come back.
 */
export const forgetsTooSoon = (gcDeletes: string | undefined): boolean => {
  const [, number, unit = 'ms'] = DURATION.exec(gcDeletes ?? '') ?? [];
  const milliseconds = UNITS.get(unit);
  if (number === undefined || milliseconds === undefined) return false; // the default is as long as it needs to be
  return Number(number) * milliseconds < NEEDED_MILLISECONDS;
};

// `0` and `-1`, to forget at once, have no unit.
const DURATION = /^(-?[\d.]+)([a-z]+)?$/;

const UNITS: ReadonlyMap<string, number> = new Map([
  ['nanos', 1e-6],
  ['micros', 1e-3],
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/** The request that has an index remember them for long enough, to be pasted. */
export const rememberLonger = (index: string): string =>
  `PUT /${index}/_settings {"index.gc_deletes":"${NEEDED_MILLISECONDS / 1000}s"}`;
