import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the package.json of an installed package says, as far as anybody here asks. */
export interface PackageManifest {
  readonly name: string;
  readonly version: string;
  /** Old packages have an object here, or nothing. */
  readonly license?: unknown;
}

/** The package.json in a directory. */
export const packageManifest = (directory: string): PackageManifest =>
  JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
