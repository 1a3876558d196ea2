import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from './cache.ts';
import { findJdk } from './jdk.ts';
import { jarsOf } from './maven.ts';
import { startServer } from './process.ts';

/** How to run DynamoDB Local. */
export interface DynamoDbLocalOptions {
  readonly environment?: Environment;
}

/** A running DynamoDB Local on the loopback interface, in memory, one database for all credentials and regions. */
export interface DynamoDbLocal {
  readonly url: string;
  readonly processId: number;
  readonly stop: () => Promise<void>;
}

/** Starts DynamoDB Local and returns when it takes requests; throws one sentence when a JDK or Maven is missing. */
export const startDynamoDBLocal = async (
  options: DynamoDbLocalOptions = {},
): Promise<DynamoDbLocal> => {
  const environment = options.environment ?? process.env;
  const jdk = findJdk({ neededBy: 'DynamoDB Local', minimumVersion: 17 }, environment);
  const jars = await jarsOf('dynamodb-local', jdk, environment);
  const directory = mkdtempSync(join(tmpdir(), 'dynamodb-local-'));
  const server = await startServer({
    name: 'DynamoDB Local',
    program: jdk.java,
    arguments: [
      '-Xmx512m',
      '-XX:TieredStopAtLevel=1',
      // From Java 22 on, loading SQLite without it prints a warning.
      ...(jdk.majorVersion >= 22 ? ['--enable-native-access=ALL-UNNAMED'] : []),
      // SQLite is unpacked there.
      `-Djava.io.tmpdir=${directory}`,
      '-cp',
      join(jars, '*'),
      join(import.meta.dirname, 'java/LocalDynamoDb.java'),
      '-inMemory',
      '-sharedDb',
      '-disableTelemetry',
    ],
    environment,
    announcement: /^listening on (\S+)$/,
    readyTimeoutSeconds: 60,
    stopTimeoutSeconds: 10,
    temporaryDirectory: directory,
  });
  const stop = async (): Promise<void> => void (await server.stop());
  return { url: `http://${server.address}`, processId: server.processId, stop };
};
