import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assertWithinBudget } from '../../../scripts/build/budget.ts';
import { buildFunction } from '../../../scripts/build/build-function.ts';
import { assertCalledOperations } from '../../../scripts/build/called-operations.ts';
import { schemasOf } from '../../../scripts/build/operation-schemas.ts';
import { temporarySource } from './temporary-source.ts';

test('what Node.js has built in may be loaded from outside of the bundle', async () => {
  const source = await temporarySource(
    "import 'node:crypto'; export const zlib = import('node:zlib'); try { require('fs') } catch {}",
  );
  await expect(buildFunction(source)).resolves.toBeDefined();
});

test('a module that would be missing in Lambda is refused, with who loads it', async () => {
  const source = await temporarySource("try { require('left-out/part') } catch {}");
  await expect(buildFunction(source)).rejects.toThrow(
    'entry.ts loads "left-out/part", which is not bundled and would be missing in Lambda',
  );
});

test.each(['export const load = (name) => require(name)', 'export const load = [require]'])(
  'a require that cannot be followed is refused: %s',
  async (text) => {
    await expect(buildFunction(await temporarySource(text))).rejects.toThrow(/entry\.ts:1/);
  },
);

test('a module that cannot be found is refused in one line, with who imports it', async () => {
  const source = await temporarySource("import 'not-there'");
  await expect(buildFunction(source)).rejects.toThrow(/^entry\.ts:1:7: .*"not-there"$/m);
});

test('a bundle over its budget is refused, with by how much', () => {
  const budget = { atOnceBytes: 500, allBytes: 1_000 };
  const refuse = (atOnceBytes: number, allBytes: number) => () =>
    assertWithinBudget({ atOnceBytes, allBytes }, budget);
  expect(refuse(500, 1_000)).not.toThrow();
  expect(refuse(500, 1_001)).toThrow('index.js has 1 bytes more than its budget');
  expect(refuse(502, 1_000)).toThrow('index.js has 2 bytes that run at once more than its budget');
});

test('a cut that meets no file is refused', async () => {
  const source = await temporarySource('export const handler = 1');
  const cut = { name: 'something else', files: /something-else/, contents: () => '' };
  await expect(buildFunction({ ...source, cuts: [cut] })).rejects.toThrow(
    'The cut of something else met no file',
  );
});

test('a client whose schemas are written in an unknown way is refused', async () => {
  const { rootDirectory, entry } = await temporarySource('export const GetThing$ = [9];');
  expect(() => schemasOf(join(rootDirectory, entry), [])).toThrow('is written in another way');
});

test('an operation whose errors would be cut is refused', () => {
  const path = 'node_modules/@aws-sdk/client-s3/dist-es/commands/CopyObjectCommand.js';
  const file = { path, bytes: 1, isOnDemand: false, externalModules: [] };
  expect(() => assertCalledOperations([{ ...file, bytes: 0 }])).not.toThrow();
  expect(() => assertCalledOperations([file])).toThrow(
    'CopyObject of @aws-sdk/client-s3 is bundled, but not listed',
  );
});
