import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from './cache.ts';
import { type ClassArchive, classArchive } from './class-archive.ts';
import { findJdk, type Jdk } from './jdk.ts';
import { jarsOf } from './maven.ts';
import {
  type OpenSearchSettings,
  writeOpenSearchConfiguration,
} from './opensearch-configuration.ts';
import { startServer } from './process.ts';

/** The OpenSearch versions that can be had here. */
export type OpenSearchVersion = '3.8' | '2.19';

/** How to run an OpenSearch node. */
export interface OpenSearchOptions {
  readonly version: OpenSearchVersion;
  /** Keeps its data here; without it they lie in a temporary directory that `stop` removes. */
  readonly directory?: string;
  /** Anything that opensearch.yml takes, over ours; `http.port` may be a range, whose first free port is taken. */
  readonly settings?: OpenSearchSettings;
  readonly heapMegabytes?: number;
  /** `quick` (the default) compiles only what starts fast; `full` is what a production node does, for benchmarks. */
  readonly compiler?: 'quick' | 'full';
  /** Whether `stop` may take the seconds to leave a class archive, from which all later nodes start faster, if there is none yet. */
  readonly writeClassArchive?: boolean;
  readonly environment?: Environment;
}

/** A running OpenSearch node on the loopback interface, without security. */
export interface OpenSearch {
  readonly url: string;
  readonly version: OpenSearchVersion;
  readonly processId: number;
  readonly stop: () => Promise<void>;
}

/** Starts a node and returns when it takes requests; throws one sentence when a JDK or Maven is missing. */
export const startOpenSearch = async (options: OpenSearchOptions): Promise<OpenSearch> => {
  const environment = options.environment ?? process.env;
  const { version } = options;
  const jdk = findJdk(jdkNeeds[version], environment);
  const jars = await jarsOf(`opensearch-${version}`, jdk, environment);
  const archive = classArchive(jars, jdk, options.writeClassArchive ?? false, environment);
  const directory = directoryOf(options);
  writeOpenSearchConfiguration(directory, options.settings ?? {});
  const server = await startServer({
    name: `OpenSearch ${version}`,
    program: jdk.java,
    arguments: [...jvmArguments(options, jdk, archive), ...runnerArguments(jars, directory)],
    environment,
    announcement: /AbstractHttpServerTransport publish_address \{([^}]+)\}/,
    readyTimeoutSeconds: 120,
    stopTimeoutSeconds: archive.isWritten ? 60 : 15,
    ...(options.directory === undefined && { temporaryDirectory: directory }),
  });
  const stop = (): Promise<void> => server.stop().then(archive.keep);
  return { url: `http://${server.address}`, version, processId: server.processId, stop };
};

const jdkNeeds = {
  '3.8': { neededBy: 'OpenSearch 3.8', minimumVersion: 21 },
  '2.19': { neededBy: 'OpenSearch 2.19', minimumVersion: 17 },
} as const;

const directoryOf = ({ directory }: OpenSearchOptions): string => {
  if (directory === undefined) return mkdtempSync(join(tmpdir(), 'opensearch-'));
  mkdirSync(directory, { recursive: true });
  return directory;
};

const jvmArguments = (
  { directory, settings, heapMegabytes = 512, compiler = 'quick' }: OpenSearchOptions,
  { majorVersion }: Jdk,
  archive: ClassArchive,
): readonly string[] => [
  `-Xms${heapMegabytes}m`,
  `-Xmx${heapMegabytes}m`,
  ...(compiler === 'quick' ? ['-XX:TieredStopAtLevel=1'] : []),
  ...(majorVersion >= 21
    ? ['--enable-native-access=ALL-UNNAMED', '--add-modules=jdk.incubator.vector']
    : []),
  ...archive.jvmArguments,
  `-Dlocal.httpPort=${settings?.['http.port'] ?? 0}`,
  `-Dlocal.temporary=${directory === undefined}`,
];

const runnerArguments = (jars: string, directory: string): readonly string[] => [
  // Its native library would be unpacked into the user's cache.
  `-Djna.tmpdir=${directory}`,
  '-cp',
  join(jars, '*'),
  join(import.meta.dirname, 'java/LocalOpenSearch.java'),
  '-basePath',
  directory,
  '-confPath',
  join(directory, 'config'),
  '-numOfNode',
  '1',
];
