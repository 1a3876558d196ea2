import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findJdk } from '../../../scripts/local/jdk.ts';
import { jarsOf } from '../../../scripts/local/maven.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const jdk = findJdk({ neededBy: 'This test', minimumVersion: 17 }, process.env);

test('a missing Maven is one sentence with the cure', async () => {
  const environment = { PATH: temporaryDirectory(), XDG_CACHE_HOME: temporaryDirectory() };
  await expect(jarsOf('dynamodb-local', jdk, environment)).rejects.toThrow(
    /^Apache Maven fetches .* no mvn was found in PATH: install it \(apt-get install maven, brew install maven\) and run the command again\.$/,
  );
});

test('the jars of DynamoDB Local carry the whole of SQLite for every system', async () => {
  const jars = readdirSync(await jarsOf('dynamodb-local', jdk, process.env));
  expect(jars).toContain('DynamoDBLocal-3.1.0.jar');
  expect(jars.filter((name) => /sqlite4java/.test(name))).toEqual(['sqlite4java-1.0.392.jar']);
}, 180_000);

test('the poms name the versions of the directories they are in', async () => {
  for (const version of ['3.8', '2.19'] as const) {
    const jars = readdirSync(await jarsOf(`opensearch-${version}`, jdk, process.env));
    expect(jars.filter((name) => name.startsWith(`opensearch-${version}.`))).toHaveLength(1);
  }
}, 180_000);
