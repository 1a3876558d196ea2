import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAwsStandIn } from '../local/aws-stand-in.ts';
import { extractFunction } from '../local/lambda/extract-function.ts';
import { FUNCTION_ARCHIVE } from '../local/lambda/function-archive.ts';
import { startOpenSearch } from '../local/opensearch.ts';
import { buildPrograms, type Programs } from './build-programs.ts';
import type { Cleanup } from './cleanup.ts';
import { type ConfigurationParts, configurationText } from './configuration.ts';
import { type Recorder, startRecorder } from './recorder.ts';

/** What runs in processes of its own: those who compete, and two that are measured alone. */
const PROGRAMS = [
  'floor',
  'least-handler',
  'simple-handler',
  'bulk-helper',
  'function',
  'load',
  'memory',
] as const;

/** One of these programs. */
export type Program = (typeof PROGRAMS)[number];

/** Everything that a run needs beside the contestants. */
export interface Stand {
  readonly openSearchUrl: string;
  readonly recorder: Recorder;
  readonly programs: Programs<Program>;
  /** Path of the function's index.js, out of its archive. */
  readonly functionPath: string;
  /** Environments of a function that writes to OpenSearch, or to the recorder. */
  readonly toOpenSearch: NodeJS.ProcessEnv;
  readonly toRecorder: NodeJS.ProcessEnv;
  /** For files that are needed for a while. */
  readonly directory: string;
}

/** OpenSearch's heap; half of it is left when all indexes of the bench are in it. */
export const HEAP_MEGABYTES = 2048;

/** Starts OpenSearch and what stands in for AWS, and unpacks the built function outside of the repository. */
export const openStand = async (
  cleanup: Cleanup,
  parts: ConfigurationParts = {},
): Promise<Stand> => {
  const directory = await mkdtemp(join(tmpdir(), 'bench-'));
  cleanup.add(() => rm(directory, { recursive: true, force: true }));
  const programs = await buildPrograms(
    directory,
    join(import.meta.dirname, 'contestants'),
    PROGRAMS,
  );
  const extracted = await extractFunction(FUNCTION_ARCHIVE);
  cleanup.add(() => extracted.remove());
  const openSearch = await startOpenSearch({
    version: '3.8',
    compiler: 'full',
    heapMegabytes: HEAP_MEGABYTES,
  });
  cleanup.add(() => openSearch.stop());
  const recorder = await startRecorder();
  cleanup.add(() => recorder.stop());
  const environments = await startAws(
    {
      opensearch: configurationText(openSearch.url, parts),
      recorder: configurationText(recorder.url, parts),
    },
    cleanup,
  );
  const functionPath = join(extracted.directory, 'index.js');
  const openSearchUrl = openSearch.url;
  return { openSearchUrl, recorder, programs, functionPath, directory, ...environments };
};

const startAws = async (
  configurations: Readonly<Record<'opensearch' | 'recorder', string>>,
  cleanup: Cleanup,
): Promise<Pick<Stand, 'toOpenSearch' | 'toRecorder'>> => {
  const aws = await startAwsStandIn();
  cleanup.add(() => aws.stop());
  aws.parameters.set('/bench/opensearch', [configurations.opensearch]);
  aws.parameters.set('/bench/recorder', [configurations.recorder]);
  const environment = { ...CREDENTIALS, AWS_ENDPOINT_URL: aws.url };
  return {
    toOpenSearch: { ...environment, CONFIG_PARAMETER: '/bench/opensearch' },
    toRecorder: { ...environment, CONFIG_PARAMETER: '/bench/recorder' },
  };
};

// What Lambda gives a function; nothing of this machine's own environment gets through.
const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_SESSION_TOKEN: 'local',
  AWS_REGION: 'eu-west-1',
} as const;
