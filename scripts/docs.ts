import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generatedDocuments } from './docs/documents.ts';

const rootDirectory = join(import.meta.dirname, '..');

const docs = async (): Promise<void> => {
  for (const { path, text, expected } of await generatedDocuments(rootDirectory)) {
    if (text !== expected) await writeFile(join(rootDirectory, path), expected);
    process.stdout.write(`${path}: ${text === expected ? 'up to date' : 'written'}\n`);
  }
};

docs().catch((error: unknown) => {
  process.stderr.write(`No docs: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
