import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzip } from './unzip.ts';

/** A function's archive as Lambda lays it out on disk. */
export interface ExtractedFunction {
  /** To be passed to `createFunction`. */
  readonly directory: string;
  remove(): Promise<void>;
}

/** Extracts `function.zip` into a new directory below this one. */
export const extractFunction = async (
  archivePath: string,
  parent = tmpdir(),
): Promise<ExtractedFunction> => {
  const files = unzip(await readFile(archivePath));
  const directory = await mkdtemp(join(parent, 'function-'));
  for (const [name, content] of files) {
    const path = join(directory, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
};
