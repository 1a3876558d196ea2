import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { times } from './random.ts';
import type { Stand } from './stand.ts';

/** Times of one start of a process that loads a module, in milliseconds. */
export interface Load {
  readonly processMilliseconds: number;
  readonly requireMilliseconds: number;
}

/** Pairs of starts, taken side by side: the function's, and that of a function which does nothing. */
export interface Loads {
  readonly ofFunction: readonly Load[];
  readonly ofEmpty: readonly Load[];
}

/** Loads the function and an empty one in turns, each time in a new process. */
export const measureLoads = async (stand: Stand, pairs: number): Promise<Loads> => {
  const emptyPath = join(stand.directory, 'empty.cjs');
  await writeFile(emptyPath, 'exports.handler = async () => ({ batchItemFailures: [] });\n');
  load(stand, stand.functionPath); // the first reads from the disk
  load(stand, emptyPath);
  const both = times(pairs, (pair) => {
    const isFunctionFirst = pair % 2 === 0;
    const first = load(stand, isFunctionFirst ? stand.functionPath : emptyPath);
    const second = load(stand, isFunctionFirst ? emptyPath : stand.functionPath);
    return isFunctionFirst ? [first, second] : [second, first];
  });
  return {
    ofFunction: both.flatMap(([one]) => one ?? []),
    ofEmpty: both.flatMap(([, other]) => other ?? []),
  };
};

const load = ({ programs, toOpenSearch }: Stand, path: string): Load => {
  const started = performance.now();
  const { stdout, status } = spawnSync(process.execPath, [programs('load'), path], {
    env: toOpenSearch,
    encoding: 'utf8',
  });
  const processMilliseconds = performance.now() - started;
  if (status !== 0) throw new Error(`${path} could not be loaded`);
  return { processMilliseconds, requireMilliseconds: Number(stdout) };
};
