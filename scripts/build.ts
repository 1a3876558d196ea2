import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assertWithinBudget, budget, sizeOf } from './build/budget.ts';
import { buildFunction } from './build/build-function.ts';
import { buildOperator } from './build/build-operator.ts';
import { functionSource } from './build/function-source.ts';
import { operatorSource } from './build/operator-source.ts';
import { sizeReport } from './build/size-report.ts';
import { grouped } from './terminal/figures.ts';

const rootDirectory = join(import.meta.dirname, '..');
const distDirectory = join(rootDirectory, 'modules/sync/dist');

const operatorDirectory = join(rootDirectory, 'dist');

const build = async (): Promise<void> => {
  await writeFunction();
  await writeOperator();
};

const writeFunction = async (): Promise<void> => {
  const { bundle, archive } = await buildFunction(functionSource(rootDirectory));
  process.stdout.write(sizeReport({ bundle, archiveBytes: archive.byteLength, budget }));
  assertWithinBudget(sizeOf(bundle), budget);
  await mkdir(distDirectory, { recursive: true });
  await writeFile(join(distDirectory, 'index.js'), bundle.code);
  // Only for who loads the file from here: the repository's own package.json makes it an ES module.
  await writeFile(join(distDirectory, 'package.json'), '{ "type": "commonjs" }\n');
  await writeFile(join(distDirectory, 'function.zip'), archive);
};

const writeOperator = async (): Promise<void> => {
  const { code } = await buildOperator(operatorSource(rootDirectory));
  const path = join(operatorDirectory, 'dynamodb-to-opensearch.cjs');
  await mkdir(operatorDirectory, { recursive: true });
  await writeFile(path, code);
  await chmod(path, 0o755);
  process.stdout.write(`\ndynamodb-to-opensearch.cjs ${grouped(code.byteLength)} bytes\n`);
};

build().catch((error: unknown) => {
  process.stderr.write(`The build failed: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
