import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Resources } from './resources.ts';
import type { Stack } from './stack.ts';
import { parameter, region } from './synchronization.ts';

/** Commands to paste. */
export type OfferedCommands = { readonly verify: string; readonly doctor: string };

/** Leaves what the operator commands need to find this stack in a file, and returns commands that use it. */
export const offerOperatorCommands = async (
  { aws, dynamodbUrl }: Stack,
  resources: Resources,
): Promise<OfferedCommands> => {
  const directory = await mkdtemp(join(tmpdir(), 'dynamodb-to-opensearch-'));
  resources.add(() => rm(directory, { recursive: true, force: true }));
  const path = join(directory, 'env');
  const variables = {
    AWS_ENDPOINT_URL: aws.url,
    AWS_ENDPOINT_URL_DYNAMODB: dynamodbUrl,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}=${value}\n`);
  await writeFile(path, lines.join(''));
  const commandOf = (words: string) =>
    `(. ${path} && npx dynamodb-to-opensearch ${words} --parameter ${parameter})`;
  return { verify: commandOf('verify --all'), doctor: commandOf('doctor') };
};
