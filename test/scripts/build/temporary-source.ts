import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { BundleSource } from '../../../scripts/build/bundle.ts';

/** An entry of this text, uncut, in a directory that goes with the test. */
export const temporarySource = async (text: string): Promise<BundleSource> => {
  const rootDirectory = await mkdtemp(join(tmpdir(), 'source-'));
  onTestFinished(() => rm(rootDirectory, { recursive: true }));
  await writeFile(join(rootDirectory, 'entry.ts'), text);
  return { rootDirectory, entry: 'entry.ts', cuts: [], target: 'node22' };
};
