import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AwsStandIn, startAwsStandIn } from '../local/aws-stand-in.ts';
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
  'gzip-floor',
  'least-handler',
  'simple-handler',
  'bulk-helper',
  'function',
  'cold-start',
  'load',
  'memory',
] as const;

/** One of these programs. */
export type Program = (typeof PROGRAMS)[number];

/** Everything that a run needs beside the contestants. */
export interface Stand {
  readonly openSearchUrl: string;
  readonly aws: AwsStandIn;
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
  const aws = await startAwsStandIn();
  cleanup.add(() => aws.stop());
  return {
    openSearchUrl: openSearch.url,
    aws,
    recorder,
    programs,
    functionPath: join(extracted.directory, 'index.js'),
    directory,
    toOpenSearch: environmentOf(aws, 'opensearch', configurationText(openSearch.url, parts)),
    toRecorder: environmentOf(aws, 'recorder', configurationText(recorder.url, parts)),
  };
};

/** The environment of a function that has a configuration, which is stored for it under a name. */
export const environmentOf = (
  aws: AwsStandIn,
  name: string,
  configuration: string,
): NodeJS.ProcessEnv => {
  const parameter = `/bench/${name}`;
  aws.parameters.set(parameter, [configuration]);
  return { ...CREDENTIALS, AWS_ENDPOINT_URL: aws.url, CONFIG_PARAMETER: parameter };
};

// What Lambda gives a function; nothing of this machine's own environment gets through.
const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_SESSION_TOKEN: 'local',
  AWS_REGION: 'eu-west-1',
} as const;
