import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildFunction } from '../../scripts/build/build-function.ts';
import { functionSource } from '../../scripts/build/function-source.ts';
import type { Environment } from '../../scripts/local/cache.ts';
import { type AwsAccount, createTable, openAccount } from '../support/aws-account.ts';
import { publishRelease } from '../support/published-release.ts';
import { directoryOfFile } from '../support/temporary-directory.ts';
import { openWorkspace } from '../support/terraform.ts';

const ROOT_MODULE = readFileSync(join(import.meta.dirname, 'git-source/main.tf'), 'utf8');

let account: AwsAccount;
let environment: Environment;
beforeAll(async () => {
  account = await openAccount();
  const { environment: git } = await publishRelease();
  environment = {
    ...git,
    AWS_ENDPOINT_URL: account.url,
    PATH: `${brokenNode()}${delimiter}${process.env['PATH']}`,
  };
  const keys = [{ name: 'id', type: 'S' }] as const;
  for (const name of ['Orders', 'Users']) await createTable(account.url, { name, keys });
  await account.createDomain('shop', 'localhost');
});
afterAll(() => account?.stop());

test('another repository plans with the archive of a release, and needs no Node.js', async () => {
  const { init, run, plan, show } = await consumer(ROOT_MODULE);
  await init();
  expect(await run('validate', '-json')).toMatchObject({ exitCode: 0 });
  const { exitCode, changes, text } = await plan();
  expect(exitCode, text).toBe(2);
  expect(changes).toContain('create module.search_sync.aws_lambda_function.this');
  expect(JSON.stringify(await show())).toContain(await hashOfArchive());
}, 120_000);

test('main has no archive, and the plan says who has one', async () => {
  const { init, plan } = await consumer(ROOT_MODULE.replace('?ref=v1.0.0', '?ref=main'));
  await init();
  const { exitCode, problems, text } = await plan();
  expect(exitCode, text).toBe(1);
  expect(problems.map(({ text }) => text)).toEqual([
    expect.stringMatching(/npm run build.*\?ref=v/),
  ]);
}, 120_000);

const consumer = (main: string) =>
  openWorkspace({ path: 'consumer', files: { 'main.tf': main }, environment });

const hashOfArchive = async (): Promise<string> => {
  const { archive } = await buildFunction(functionSource(join(import.meta.dirname, '../..')));
  return createHash('sha256').update(archive).digest('base64');
};

/** A directory for the front of PATH in which everything of Node.js fails. */
const brokenNode = (): string => {
  const directory = directoryOfFile('broken-node');
  for (const name of ['node', 'npm', 'npx'])
    writeFileSync(join(directory, name), '#!/bin/sh\nexit 127\n', { mode: 0o755 });
  return directory;
};
