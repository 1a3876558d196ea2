import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Item } from '../../function/src/core/attribute-value.ts';
import type { StreamRecord } from '../../function/src/core/stream-record.ts';
import type { AwsState } from '../../scripts/local/aws-stand-in/state.ts';
import { startAwsStandIn } from '../../scripts/local/aws-stand-in.ts';
import type { InvocationResult } from '../../scripts/local/lambda/invocation-result.ts';
import { assertBalance } from './balance.ts';
import type { Certificate } from './certificate.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { indexContents, type StoredDocument } from './index-contents.ts';
import { type LocalFunction, localFunction } from './local-function.ts';
import { type MetricLine, metricLines } from './metric-lines.ts';
import { aRecord, type RecordParts } from './records.ts';
import { sharedServer } from './shared-server.ts';

/** What a stage is made of, where it is not the usual. */
export type StageParts = {
  readonly openSearch?: '3.8' | '2.19';
  /** Over the usual configuration of one table; `endpoint` is always the proxy. */
  readonly configuration?: object;
  /** Over the usual configuration of the one table. */
  readonly table?: object;
  /** Further tables, each over the usual; `a` is the table `<name>.a` with the index `<name>-a`. */
  readonly tables?: { readonly [suffix: string]: object };
  /** Address of DynamoDB. */
  readonly dynamoDBUrl?: string;
  /** The certificate with which OpenSearch is reached over TLS. */
  readonly certificate?: Certificate;
  /** Path of `index.mjs` of an installed aws-lambda-ric, to run under Lambda's own runtime. */
  readonly ricPath?: string;
  /** What the function finds in its environment besides the addresses of the services. */
  readonly environment?: { readonly [name: string]: string };
};

/** The built function, between a real OpenSearch and AWS services that may have a bad day. */
export type Stage = {
  /** Name of the one table, of its index and of its bucket; no other stage has it. */
  readonly name: string;
  readonly openSearchUrl: string;
  /** Before OpenSearch. */
  readonly openSearch: FaultProxy;
  /** Before SSM, S3 and Secrets Manager. */
  readonly aws: FaultProxy;
  readonly awsState: AwsState;
  /** A record of the one table, made now, with the next sequence number; by default `k1` is inserted. */
  readonly record: (parts?: RecordParts) => StreamRecord;
  /** A record that puts an item with that key, `pk`, and these further attributes. */
  readonly put: (key: string, attributes?: Item, parts?: RecordParts) => StreamRecord;
  /** A record that removes the item with that key. */
  readonly remove: (key: string, parts?: RecordParts) => StreamRecord;
  /** Invokes the function; its execution environments for different times are different ones. */
  readonly invoke: (
    records: readonly StreamRecord[],
    withinMilliseconds?: number,
  ) => Promise<Outcome>;
  /** Invokes the function with any event, as JSON text. */
  readonly invokeText: (event: string, withinMilliseconds?: number) => Promise<InvocationResult>;
  /** What was written by invocations with texts since it was last asked. */
  readonly takeLines: () => readonly string[];
  /** The documents of an index, by default of the one. */
  readonly documents: (index?: string) => Promise<ReadonlyMap<string, StoredDocument>>;
  readonly letters: () => readonly Letter[];
  /** Puts another configuration into the parameter, as its only version. */
  readonly configure: (configuration: object) => void;
  /** The configuration that the stage began with. */
  readonly configuration: object;
  /** How many processes of the function have been started. */
  readonly coldStarts: () => number;
  readonly stop: () => Promise<void>;
};

/** What an invocation came to. */
export type Outcome = {
  readonly result: InvocationResult;
  /** The returned sequence number; undefined when all was settled. */
  readonly retryFrom: string | undefined;
  /** Metrics of the one table; of the first, where an event has none of it. */
  readonly metrics: MetricLine;
  readonly allMetrics: readonly MetricLine[];
  /** Everything that was written to standard output and standard error. */
  readonly lines: readonly string[];
  readonly milliseconds: number;
};

/** A line of an object in the dead-letter bucket. */
export type Letter = {
  /** Key of the object. */
  readonly key: string;
  readonly text: string;
  readonly letter: {
    readonly [field: string]: unknown;
    readonly error: { readonly type: string; readonly reason: string };
    readonly record: StreamRecord;
  };
};

const USUAL_MILLISECONDS = 12_000;
/** Sets up a stage for one test, which then may run beside others, and takes it down. */
export const onStage = async (
  parts: StageParts,
  act: (stage: Stage) => Promise<void>,
): Promise<void> => {
  const stage = await openStage(parts);
  try {
    await act(stage);
  } finally {
    await stage.stop();
  }
};

/**
 * Sets up a stage for all tests of a block, each of which finds the servers healthy. Blocks may run
 * beside each other (`describe.concurrent`), the tests of one may not.
 */
export const stageForAll = (
  parts: StageParts = {},
  prepare: (stage: Stage) => Promise<unknown> = async () => undefined,
): (() => Stage) => {
  let opened: Stage | undefined;
  const stage = (): Stage => {
    if (opened === undefined) throw new Error('the stage is open during tests only');
    return opened;
  };
  beforeAll(async () => {
    opened = await openStage(parts);
    await prepare(opened);
  });
  beforeEach(() => {
    stage().openSearch.behave();
    stage().aws.behave();
  });
  afterAll(() => opened?.stop());
  return stage;
};

/**
 * Writes a record of each table, so that neither a cold start nor a missing index takes of the time
 * that a test gives an invocation.
 */
export const warmUp =
  (withinMilliseconds: number, suffixes: readonly string[] = []) =>
  async ({ name, invoke, put }: Stage): Promise<void> => {
    const tables = [name, ...suffixes.map((suffix) => `${name}.${suffix}`)];
    const records = tables.map((table) => put('first', {}, { table }));
    for (let tries = 0; tries < 10; tries++) {
      const { retryFrom } = await invoke(records, withinMilliseconds);
      if (retryFrom === undefined) return;
    }
    throw new Error('the function does not get warm');
  };

/** Name of the parameter that holds a stage's configuration. */
export const PARAMETER = 'configuration';

/** Sets up a stage. */
export const openStage = async (parts: StageParts = {}): Promise<Stage> => {
  const name = `stage-${randomUUID()}`;
  const openSearchUrl = await sharedServer(`opensearch-${parts.openSearch ?? '3.8'}`);
  const openSearch = await startFaultProxy(openSearchUrl, parts.certificate);
  const { url, stop: stopAws, ...awsState } = await startAwsStandIn();
  const aws = await startFaultProxy(url);
  const functions = new Map<number, LocalFunction>();
  const configure = (configuration: object) =>
    void awsState.parameters.set(PARAMETER, [JSON.stringify(configuration)]);
  const usual = usualConfiguration(name, openSearch.url, parts);
  const configuration = { ...usual, ...parts.configuration };
  configure(configuration);
  const functionWithin = (timeoutMilliseconds: number): LocalFunction => {
    const known = functions.get(timeoutMilliseconds);
    if (known !== undefined) return known;
    const environment = {
      CONFIG_PARAMETER: PARAMETER,
      AWS_ENDPOINT_URL: aws.url,
      ...(parts.dynamoDBUrl !== undefined && { AWS_ENDPOINT_URL_DYNAMODB: parts.dynamoDBUrl }),
      ...parts.environment,
    };
    const { ricPath } = parts;
    const bootstrap = ricPath === undefined ? 'own' : { ricPath };
    const created = localFunction({ environment, timeoutMilliseconds, bootstrap });
    functions.set(timeoutMilliseconds, created);
    return created;
  };
  const record: Stage['record'] = (of) =>
    aRecord({ table: name, seconds: nowSeconds(), number: nextNumber(), ...of });
  return {
    name,
    openSearchUrl,
    openSearch,
    aws,
    awsState,
    record,
    put: (key, attributes, of) =>
      record({ keys: { pk: { S: key } }, image: { pk: { S: key }, ...attributes }, ...of }),
    remove: (key, of) =>
      record({ eventName: 'REMOVE', keys: { pk: { S: key } }, image: undefined, ...of }),
    invoke: (records, within = USUAL_MILLISECONDS) => invoke(functionWithin(within), records, name),
    invokeText: (event, within = USUAL_MILLISECONDS) => functionWithin(within).invoke(event),
    takeLines: () => [...functions.values()].flatMap((lambda) => lambda.takeLines()),
    documents: (index = name) => indexContents(openSearchUrl, index),
    letters: () => lettersIn(awsState.objects, name),
    configure,
    configuration,
    coldStarts: () => [...functions.values()].reduce((sum, lambda) => sum + lambda.coldStarts(), 0),
    stop: async () => {
      await Promise.all([...functions.values()].map((lambda) => lambda.stop()));
      await Promise.all([openSearch.stop(), aws.stop(), stopAws()]);
      await fetch(`${openSearchUrl}/${name}*`, { method: 'DELETE' });
      await fetch(`${openSearchUrl}/_index_template/${name}*`, { method: 'DELETE' });
    },
  };
};

const usualConfiguration = (name: string, endpoint: string, parts: StageParts): object => {
  const usualTable = { keys: [{ name: 'pk', type: 'S' }] };
  const others = Object.entries(parts.tables ?? {}).map(([suffix, table]) => [
    `${name}.${suffix}`,
    { index: `${name}-${suffix}`, ...usualTable, ...table },
  ]);
  return {
    endpoint,
    refresh: 'false',
    dead_letter: { bucket: name, prefix: 'rejected/' },
    tables: {
      [name]: { index: name, ...usualTable, ...parts.table },
      ...Object.fromEntries(others),
    },
  };
};

const nowSeconds = (): number => Math.floor(Date.now() / 1000);

let lastNumber = 4_100_000_000_000_000_000_000n; // of the record that was made last

const nextNumber = (): string => {
  lastNumber += 1n;
  return String(lastNumber);
};

const invoke = async (
  lambda: LocalFunction,
  records: readonly StreamRecord[],
  table: string,
): Promise<Outcome> => {
  lambda.takeLines();
  const started = performance.now();
  const result = await lambda.invoke(JSON.stringify({ Records: records }));
  const milliseconds = performance.now() - started;
  const lines = lambda.takeLines();
  const allMetrics = metricLines(lines);
  const retryFrom = result.kind === 'answered' ? retryFromIn(result.payload) : undefined;
  if (result.kind === 'answered') assertBalance(records, retryFrom, allMetrics);
  const metrics = allMetrics.find((line) => line.table === table) ?? allMetrics[0] ?? { table };
  return { result, retryFrom, metrics, allMetrics, lines, milliseconds };
};

const retryFromIn = (payload: string): string | undefined => {
  const { batchItemFailures } = JSON.parse(payload);
  return batchItemFailures[0]?.itemIdentifier;
};

const lettersIn = (objects: AwsState['objects'], bucket: string): readonly Letter[] =>
  [...objects]
    .filter(([path]) => path.startsWith(`${bucket}/`))
    .flatMap(([path, body]) =>
      body
        .toString()
        .split('\n')
        .slice(0, -1)
        .map((text) => ({ key: path.slice(bucket.length + 1), text, letter: JSON.parse(text) })),
    );
