import { randomUUID } from 'node:crypto';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { GroupedCheck } from '../../function/src/operator/doctor/check.ts';
import { examine } from '../../function/src/operator/doctor/doctor.ts';
import { askDynamoDB } from './ask-dynamodb.ts';
import { askOpenSearch } from './ask-opensearch.ts';
import { ACCOUNT, createTable, REGION, type TableParts } from './aws-account.ts';
import { clientSettings } from './client-settings.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';

/** Where patients live: AWS and OpenSearch, each of which may have a bad day. */
export type Clinic = {
  readonly aws: FaultProxy;
  readonly openSearch: FaultProxy;
  readonly openSearchUrl: string;
  /** For a process of its own. */
  readonly environment: { readonly [name: string]: string };
  readonly stop: () => Promise<void>;
};

/** Opens a clinic; there is one in a test file, since clients of AWS keep the first address. */
export const openClinic = async (motoUrl: string, openSearchUrl: string): Promise<Clinic> => {
  const aws = await startFaultProxy(motoUrl);
  const openSearch = await startFaultProxy(openSearchUrl);
  const environment = {
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: REGION,
  };
  Object.assign(process.env, environment);
  const stop = async () => void (await Promise.all([aws.stop(), openSearch.stop()]));
  return { aws, openSearch, openSearchUrl, environment, stop };
};

/** A synchronization with nothing wrong, in a clinic. */
export type Patient = {
  /** Of the table, the index, the function, the bucket and the parameter. */
  readonly name: string;
  /** Writes a new version of the parameter; `table` goes over the usual configuration of the one table. */
  readonly configure: (parts?: ConfigurationParts) => Promise<void>;
  readonly putObject: (key: string) => Promise<void>;
  readonly updateTable: (changes: object) => Promise<unknown>;
  readonly askOpenSearch: (method: string, path: string, body?: object) => Promise<unknown>;
  /** What the doctor finds. */
  readonly examine: (isProbing?: boolean) => Promise<readonly GroupedCheck[]>;
};

/** What may be otherwise than usual. */
export type ConfigurationParts = { readonly top?: object; readonly table?: object };

/** How a patient is made, where not as usual. */
export type PatientParts = ConfigurationParts & {
  readonly viewType?: TableParts['viewType'];
  /** Over the usual settings of the mapping; null for none. */
  readonly mapping?: object | null;
};

const KEYS = [{ name: 'pk', type: 'S' }] as const;

/** Makes a synchronization with everything that belongs to it. */
export const newPatient = async (
  { aws, openSearch, openSearchUrl }: Clinic,
  { viewType, mapping = {}, ...parts }: PatientParts = {},
): Promise<Patient> => {
  const name = `doctor-${randomUUID()}`;
  const settings = clientSettings(aws.url);
  await createBucket(name, settings);
  await createTable(aws.url, { name, keys: KEYS, ...(viewType && { viewType }) });
  const configure = async ({ top, table }: ConfigurationParts = {}) => {
    const usual = { index: name, keys: KEYS };
    const text = JSON.stringify({
      endpoint: openSearch.url,
      dead_letter: { bucket: name, prefix: 'rejected/' },
      tables: { [name]: { ...usual, ...table } },
      ...top,
    });
    await putParameter(name, text, settings);
  };
  await configure(parts);
  await createFunction(name, settings);
  if (mapping !== null && viewType !== 'none') await createMapping(name, mapping, settings);
  return {
    name,
    configure,
    putObject: async (key) => {
      const object = { Bucket: name, Key: key, Body: '{}' };
      await new S3Client(settings).send(new PutObjectCommand(object));
    },
    updateTable: (changes) => askDynamoDB(aws.url, 'UpdateTable', { TableName: name, ...changes }),
    askOpenSearch: (method, path, body) => askOpenSearch(openSearchUrl, method, path, body),
    examine: (isProbing = false) => collect(name, isProbing),
  };
};

const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };

const collect = async (parameter: string, isProbing: boolean) => {
  const checks: GroupedCheck[] = [];
  for await (const check of examine({
    parameter,
    region: REGION,
    log,
    isProbing,
    signal: new AbortController().signal,
  })) {
    checks.push(check);
  }
  return checks;
};

type Settings = ReturnType<typeof clientSettings>;

const createBucket = async (name: string, settings: Settings): Promise<void> => {
  const location = { LocationConstraint: REGION } as const;
  await new S3Client(settings).send(
    new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration: location }),
  );
};

const putParameter = async (name: string, value: string, settings: Settings): Promise<void> => {
  await new SSMClient(settings).send(
    new PutParameterCommand({ Name: name, Value: value, Type: 'SecureString', Overwrite: true }),
  );
};

/** A function that works by the first version of the parameter. */
const createFunction = async (name: string, settings: Settings): Promise<void> => {
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: 'sts:AssumeRole',
      },
    ],
  };
  await new IAMClient(settings).send(
    new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  await new LambdaClient(settings).send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: `arn:aws:iam::${ACCOUNT}:role/${name}`,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: EMPTY_ARCHIVE },
      Environment: { Variables: { CONFIG_PARAMETER: `${name}:1` } },
    }),
  );
};

const EMPTY_ARCHIVE = Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex');

const createMapping = async (name: string, parts: object, settings: Settings): Promise<void> => {
  const description = await askDynamoDB(settings.endpoint, 'DescribeTable', { TableName: name });
  await new LambdaClient(settings).send(
    new CreateEventSourceMappingCommand({
      FunctionName: name,
      EventSourceArn: JSON.parse(description).Table.LatestStreamArn,
      StartingPosition: 'TRIM_HORIZON',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRecordAgeInSeconds: 82_800,
      DestinationConfig: { OnFailure: { Destination: `arn:aws:s3:::${name}` } },
      ...parts,
    }),
  );
};
