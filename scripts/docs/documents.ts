import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exampleSections } from './examples.ts';
import { readHcl } from './hcl.ts';
import { between } from './markdown.ts';
import { inputTables, outputTable } from './module-tables.ts';

/** A document with parts that are made from something else. */
export type Document = {
  /** Below the repository. */
  readonly path: string;
  /** As it is. */
  readonly text: string;
  /** As it should be. */
  readonly expected: string;
};

/** The documents of a repository that `npm run docs` keeps up to date. */
export const generatedDocuments = async (repository: string): Promise<readonly Document[]> => {
  const modules = globSync('modules/*/README.md', { cwd: repository }).toSorted();
  const ofModules = modules.map(async (path) => {
    const module = await readHcl(join(repository, dirname(path)));
    return document(repository, path, {
      inputs: inputTables(module),
      outputs: outputTable(module),
    });
  });
  return [
    ...(await Promise.all(ofModules)),
    document(repository, 'examples/README.md', {
      examples: exampleSections(join(repository, 'examples')),
    }),
  ];
};

const document = (
  repository: string,
  path: string,
  parts: { readonly [marker: string]: string },
): Document => {
  const text = readFileSync(join(repository, path), 'utf8');
  return { path, text, expected: withParts(text, path, parts) };
};

const withParts = (
  text: string,
  path: string,
  parts: { readonly [marker: string]: string },
): string => {
  try {
    return Object.entries(parts).reduce(
      (written, [marker, content]) => between(written, marker, content),
      text,
    );
  } catch (cause) {
    throw new Error(`${path} cannot be written: ${String(cause)}`, { cause });
  }
};
