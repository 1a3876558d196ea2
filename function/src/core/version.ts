import { rememberLast } from './remember-last.ts';

/** Clocks of DynamoDB's storage nodes may differ by less than this. */
export const CLOCK_TOLERANCE_SECONDS = 60;

const MICROSECONDS = 1_000_000n;

/** The version of what was so at a time, in whole seconds since 1970: its microseconds. */
export const versionAt = rememberLast((seconds: number) => BigInt(seconds) * MICROSECONDS);

// Of a document; what is written at a higher one OpenSearch refuses.
const HIGHEST_VERSION = 2n ** 63n - 1n;

/** The version after this one. There is none after the highest, which is then written again. */
export const nextVersion = (version: bigint): bigint =>
  version < HIGHEST_VERSION ? version + 1n : version;

/** How far the versions of one moment may lie apart. */
export const CLOCK_TOLERANCE = versionAt(CLOCK_TOLERANCE_SECONDS);

/** The latest version that a change can have by now, in whole milliseconds since 1970: a later one is nobody's. */
export const latestVersion = (nowMilliseconds: number): bigint =>
  BigInt(nowMilliseconds) * 1000n + CLOCK_TOLERANCE;
