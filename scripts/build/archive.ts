import { zipSync } from 'fflate';

/**
 * The zip archive of the function: index.js and nothing else, the same bytes wherever it is made.
 * Node's own zlib compresses differently from one version to the next, so it is not used.
 */
export const archive = (indexJs: Uint8Array): Uint8Array =>
  zipSync({ 'index.js': indexJs }, { level: 9, mtime: oldestTime(), os: unix, attrs });

// An entry's time has no zone and neither has this constructor's: the bytes are the same in each.
const oldestTime = (): Date => new Date(1980, 0, 1);
const unix = 3;
// A regular file, rw-r--r--: Lambda runs the function as another user than the one who unpacks it.
const attrs = 0o100644 << 16;
