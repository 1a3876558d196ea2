import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assertWithinBudget, budgetBytes } from './build/budget.ts';
import { buildFunction } from './build/build-function.ts';
import { functionSource } from './build/function-source.ts';
import { sizeReport } from './build/size-report.ts';

const rootDirectory = join(import.meta.dirname, '..');
const distDirectory = join(rootDirectory, 'modules/sync/dist');

const build = async (): Promise<void> => {
  const { bundle, archive } = await buildFunction(functionSource(rootDirectory));
  process.stdout.write(sizeReport({ bundle, archiveBytes: archive.byteLength, budgetBytes }));
  assertWithinBudget(bundle.code.byteLength, budgetBytes);
  await mkdir(distDirectory, { recursive: true });
  await writeFile(join(distDirectory, 'index.js'), bundle.code);
  // Only for who loads the file from here: the repository's own package.json makes it an ES module.
  await writeFile(join(distDirectory, 'package.json'), '{ "type": "commonjs" }\n');
  await writeFile(join(distDirectory, 'function.zip'), archive);
};

build().catch((error: unknown) => {
  process.stderr.write(`The build failed: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
