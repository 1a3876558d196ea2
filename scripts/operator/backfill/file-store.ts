import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../../function/src/aws/service-error.ts';
import type { StateStore } from './state-store.ts';

const EVERY_MILLISECONDS = 1000;

/** Keeps a state in a file of that name, in a directory that is made when it is needed. */
export const fileStore = (directory: string, name: string): StateStore => {
  const path = join(directory, name);
  return {
    place: path,
    everyMilliseconds: EVERY_MILLISECONDS,
    read: () => readIfThere(path),
    write: (text) => replaceFile(directory, path, text),
    remove: () => rm(path, { force: true }),
  };
};

const readIfThere = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new Error(`The state ${path} cannot be read: ${messageOf(error)}.`, { cause: error });
  }
};

/** Writes a file beside it and puts that in its place, so that at any moment one of the two is there whole. */
const replaceFile = async (directory: string, path: string, text: string): Promise<void> => {
  const beside = `${path}.${process.pid}.new`; // should another one keep the same state
  try {
    await mkdir(directory, { recursive: true });
    const file = await open(beside, 'w');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    throw new Error(
      `The state ${path} cannot be written: ${messageOf(error)}. Choose another directory with --state.`,
      { cause: error },
    );
  }
};

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
