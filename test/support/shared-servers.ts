import { createServer } from 'node:http';
import { startDynamoDBLocal } from '../../scripts/local/dynamodb-local.ts';
import { closeServer, listenOnLoopback } from '../../scripts/local/loopback.ts';
import { startOpenSearch } from '../../scripts/local/opensearch.ts';
import { startMoto } from './moto.ts';

interface Server {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

// A machine of a CI service would pay for the class archive at the end of every run and never use it.
const writeClassArchive = process.env['CI'] === undefined;

const starts = {
  'opensearch-3.8': () => startOpenSearch({ version: '3.8', writeClassArchive }),
  'opensearch-2.19': () => startOpenSearch({ version: '2.19', writeClassArchive }),
  'dynamodb-local': () => startDynamoDBLocal(),
  moto: () => startMoto(),
} satisfies Record<string, () => Promise<Server>>;

/** The servers that all test files of a run share. */
export type SharedServer = keyof typeof starts;

/** Answers `GET /<name of a shared server>` with the server's URL, having started it on the first such request. */
export const offerSharedServers = async (): Promise<Server> => {
  const started = new Map<string, Promise<Server>>();
  const broker = createServer((request, response) => {
    const name = request.url?.slice(1) ?? '';
    const server = started.get(name) ?? startNamed(name);
    started.set(name, server);
    server.then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(500).end(messageOf(error)),
    );
  });
  return {
    url: await listenOnLoopback(broker),
    stop: async () => {
      await Promise.all([closeServer(broker), ...[...started.values()].map(stopQuietly)]);
    },
  };
};

const startNamed = async (name: string): Promise<Server> => {
  const start = Object.entries(starts).find(([known]) => known === name)?.[1];
  if (start === undefined) throw new Error(`There is no shared server "${name}".`);
  return start();
};

// One that could not be started has said so to the test that wanted it.
const stopQuietly = (server: Promise<Server>): Promise<void> =>
  server.then(
    ({ stop }) => stop(),
    () => undefined,
  );

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
