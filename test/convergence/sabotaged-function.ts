import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../../scripts/build/bundle.ts';
import { functionSource } from '../../scripts/build/function-source.ts';
import type { ExtractedFunction } from '../../scripts/local/lambda/extract-function.ts';

/** What is broken on purpose: a text of a source file, which stands in it once, and another in its place. */
export type Sabotage = { readonly file: string; readonly text: string; readonly by: string };

const ROOT = join(import.meta.dirname, '../..');

/** Bundles a function that is broken on purpose. */
export const sabotagedFunction = async (sabotage: Sabotage): Promise<ExtractedFunction> => {
  const source = functionSource(ROOT);
  const cut = {
    name: 'what is sabotaged',
    files: new RegExp(`${sabotage.file.replace('.', '\\.')}$`),
    contents: (path: string) =>
      stripTypeScriptTypes(sabotaged(readFileSync(path, 'utf8'), sabotage)),
  };
  const { code } = await bundle({ ...source, cuts: [...source.cuts, cut] });
  const directory = await mkdtemp(join(tmpdir(), 'sabotaged-'));
  await writeFile(join(directory, 'index.js'), code);
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
};

const sabotaged = (source: string, { file, text, by }: Sabotage): string => {
  if (source.split(text).length !== 2) throw new Error(`${file} does not hold once: ${text}`);
  return source.replace(text, () => by);
};
