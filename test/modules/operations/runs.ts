import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import type { Order } from '../../../function/src/operator/remote/order.ts';
import { REGION } from '../../support/aws-account.ts';
import { type CommandResult, resultOf } from '../../support/command-result.ts';
import { type Execution, ended, startExecution } from '../../support/state-machines.ts';
import { type Operated, PARAMETER } from './operated.ts';

/** What a run came to, by its output and its report of the one table. */
export type Outcome = {
  readonly verdict: string;
  readonly counts: { readonly [name: string]: unknown };
};

const COMMAND = join(import.meta.dirname, '../../../dist/dynamodb-to-opensearch.cjs');

/** Starts runs of the state machine, and reads what they leave in the bucket. */
export type Runs = {
  readonly start: (name: string, order: Order) => Promise<string>;
  readonly run: (name: string, order: Order) => Promise<Outcome>;
  readonly outcomeOf: (execution: Execution) => Promise<Outcome>;
  /** How many slices the parts of a run took. */
  readonly slicesOf: (name: string) => Promise<number>;
  /** The lines about differences that a run has left. */
  readonly differencesOf: (name: string) => Promise<readonly unknown[]>;
  /** Runs the built command line, `dynamodb-to-opensearch <arguments> --remote …`. */
  readonly command: (...commandLine: readonly string[]) => Promise<CommandResult>;
  readonly readJson: (key: string) => Promise<unknown>;
  readonly keysBelow: (prefix: string) => Promise<readonly string[]>;
};

/** The runs of what was deployed. */
export const runsOf = ({ account, bucket, stateMachineArn, dynamoDBUrl }: Operated): Runs => {
  const environment = {
    PATH: process.env['PATH'] ?? '',
    AWS_ENDPOINT_URL: account.url,
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDBUrl,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: REGION,
  };
  const readText = async (key: string): Promise<string> => {
    const object = new GetObjectCommand({ Bucket: bucket, Key: key });
    const { Body: body } = await account.s3.send(object);
    return body?.transformToString() ?? '';
  };
  const keysBelow: Runs['keysBelow'] = async (prefix) => {
    const list = new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix });
    const { Contents: objects = [] } = await account.s3.send(list);
    return objects.map(({ Key: key }) => key ?? '');
  };
  const textsBelow = async (prefix: string) => Promise.all((await keysBelow(prefix)).map(readText));
  const start: Runs['start'] = (name, input) =>
    startExecution(account, { stateMachineArn, name, input });
  const outcomeOf: Runs['outcomeOf'] = async ({ status, output, error, cause }) => {
    expect({ status, error, cause }).toEqual({ status: 'SUCCEEDED' });
    const { verdict, report } = JSON.parse(output ?? '');
    const { tables } = JSON.parse(await readText(report.key));
    return { verdict, counts: tables[0].counts };
  };
  return {
    start,
    run: async (name, order) => outcomeOf(await ended(account, await start(name, order))),
    outcomeOf,
    slicesOf: async (name) => {
      const texts = await textsBelow(`operations/${name}/parts/`);
      return texts.reduce((sum, text) => sum + JSON.parse(text).slices, 0);
    },
    differencesOf: async (name) => {
      const texts = await textsBelow(`operations/${name}/differences/`);
      return texts.flatMap((text) => text.trimEnd().split('\n')).map((line) => JSON.parse(line));
    },
    command: (...commandLine) =>
      resultOf(
        spawn(process.execPath, [COMMAND, ...commandLine, '--remote', '--parameter', PARAMETER], {
          env: environment,
          stdio: ['ignore', 'pipe', 'pipe'],
        }),
      ),
    readJson: async (key) => JSON.parse(await readText(key)),
    keysBelow,
  };
};
