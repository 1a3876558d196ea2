import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Clinic, newPatient, openClinic } from '../../../support/clinic.ts';
import type { Behaviour, ProxiedRequest } from '../../../support/fault-proxy.ts';
import { when } from '../../../support/faults.ts';
import { sharedServer } from '../../../support/shared-server.ts';
import { checkNamed, complaintsAmong } from './findings.ts';

let clinic: Clinic;

beforeAll(async () => {
  const [moto, openSearch] = await Promise.all([
    sharedServer('moto'),
    sharedServer('opensearch-3.8'),
  ]);
  clinic = await openClinic(moto, openSearch);
});

beforeEach(() => clinic.aws.behave());

afterAll(() => clinic.stop());

/** Whether a request is for an operation, whatever the protocol of its service. */
const asks =
  (operation: string) =>
  ({ headers, path, body }: ProxiedRequest): boolean =>
    String(headers['x-amz-target']).endsWith(`.${operation}`) ||
    body.toString().includes(`Action=${operation}&`) ||
    path.includes(operation);

const refusing = (type: string, message: string): Behaviour => {
  const json = JSON.stringify({ __type: type, message });
  const xml = `<ErrorResponse><Error><Code>${type}</Code><Message>${message}</Message></Error></ErrorResponse>`;
  return ({ headers }) =>
    headers['x-amz-target'] === undefined
      ? {
          status: 403,
          headers: { 'content-type': 'text/xml', 'x-amzn-errortype': type },
          body: xml,
        }
      : { status: 400, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: json };
};

const rewriting =
  (from: RegExp, to: string): Behaviour =>
  async (_request, passOn) => {
    const reply = await passOn();
    const { 'content-length': _, ...headers } = reply.headers ?? {};
    return { ...reply, headers, body: reply.body.toString().replace(from, to) };
  };

test('nothing is wrong with a synchronization that was just made, apart from its index', async () => {
  const patient = await newPatient(clinic);
  expect(complaintsAmong(await patient.examine())).toEqual([
    'warning index: it does not exist yet: the function makes it with the first record',
  ]);
});

test('nothing is written by an examination', async () => {
  const patient = await newPatient(clinic);
  clinic.aws.behave();
  clinic.openSearch.behave();
  await patient.examine();
  const operations = clinic.aws.requests.map(
    ({ headers, method, body }) =>
      String(headers['x-amz-target'] ?? '').split('.')[1] ??
      /Action=(\w+)/.exec(body.toString())?.[1] ??
      method,
  );
  expect([...new Set(operations)].sort()).toEqual(
    ['DescribeTable', 'GET', 'GetCallerIdentity', 'GetParameter', 'Scan'].sort(),
  );
  const asked = clinic.openSearch.requests.map(({ method, path }) => `${method} ${path}`);
  const writing = asked.filter(
    (line) => !line.startsWith('GET ') && !/\/(_search|_simulate)(\?|$)/.test(line),
  );
  expect(writing).toEqual([]);
});

test.each([
  ['ExpiredToken', 'sign in again'],
  ['InvalidClientTokenId', 'AWS does not know this access key'],
  ['SignatureDoesNotMatch', 'the clock is wrong'],
])('credentials that STS refuses as %s come with the cure', async (type, cure) => {
  const patient = await newPatient(clinic);
  clinic.aws.behave(when(asks('GetCallerIdentity'), refusing(type, 'no')));
  expect(checkNamed(await patient.examine(), 'credentials')).toMatchObject({
    status: 'wrong',
    finding: `STS did not say who we are: ${type}: no`,
    cure: expect.stringContaining(cure),
  });
});

test.each([
  [
    'ahead of',
    'wrong',
    -10 * 60,
    '10 min ahead of AWS: signatures are refused beyond five minutes',
  ],
  ['behind', 'wrong', 10 * 60, '10 min behind AWS: signatures are refused beyond five minutes'],
  ['a little behind', 'warning', 90, /^(89|90) s behind AWS: beyond five minutes/],
])('a clock %s AWS is noticed', async (_where, status, seconds, finding) => {
  const patient = await newPatient(clinic);
  const date = new Date(Date.now() + seconds * 1000).toUTCString();
  clinic.aws.behave(
    when(asks('GetCallerIdentity'), async (_request, passOn) => {
      const reply = await passOn();
      return { ...reply, headers: { ...reply.headers, date } };
    }),
  );
  expect(checkNamed(await patient.examine(), 'clock')).toMatchObject({
    status,
    finding: expect.stringMatching(finding),
    cure: expect.stringContaining('they take the time from DynamoDB'),
  });
});

test('a parameter that is not there is named with its region, and what depends on it is skipped', async () => {
  const patient = await newPatient(clinic);
  clinic.aws.behave(when(asks('GetParameter'), refusing('ParameterNotFound', '')));
  const checks = await patient.examine();
  expect(complaintsAmong(checks)).toEqual([
    `wrong content: there is no parameter ${patient.name} in eu-west-1`,
    ...['table', 'OpenSearch', 'index', 'dead letters'].map(
      (name) => `skipped ${name}: what to look at stands in the parameter`,
    ),
  ]);
  expect(checkNamed(checks, 'content').cure).toContain('terraform output parameter_name');
});

test('every problem of a configuration is listed', async () => {
  const patient = await newPatient(clinic, { top: { endpoint: 'ftp://x', refresh: 'never' } });
  const { status, finding } = checkNamed(await patient.examine(), 'content');
  expect(status).toBe('wrong');
  expect(finding).toContain('\n- endpoint: must be an https URL');
  expect(finding).toContain('\n- refresh: must be one of');
});

test.each([
  ['User: x is not authorized to perform: ssm:GetParameter', 'Allow ssm:GetParameter'],
  ['The ciphertext refers to a KMS key that you may not use', 'Allow kms:Decrypt'],
])('a parameter that may not be read says which permission lacks: %s', async (message, cure) => {
  const patient = await newPatient(clinic);
  clinic.aws.behave(when(asks('GetParameter'), refusing('AccessDeniedException', message)));
  expect(checkNamed(await patient.examine(), 'content')).toMatchObject({
    status: 'wrong',
    finding: expect.stringContaining(message),
    cure: expect.stringContaining(cure),
  });
});

test('a table without a stream is wrong, and says how to enable one', async () => {
  const patient = await newPatient(clinic, { viewType: 'none' });
  expect(checkNamed(await patient.examine(), 'stream')).toMatchObject({
    status: 'wrong',
    cure: expect.stringContaining(`aws dynamodb update-table --table-name ${patient.name}`),
  });
});

test.each(['KEYS_ONLY', 'OLD_IMAGE'] as const)(
  'a stream with %s works and costs',
  async (viewType) => {
    const patient = await newPatient(clinic, { viewType });
    expect(checkNamed(await patient.examine(), 'view type')).toMatchObject({
      status: 'warning',
      finding: `${viewType}: right, but every record costs a read of the table`,
    });
  },
);

test('keys that are not those of the table are wrong', async () => {
  const keys = [
    { name: 'pk', type: 'N' },
    { name: 'sk', type: 'S' },
  ];
  const patient = await newPatient(clinic, { table: { keys } });
  expect(checkNamed(await patient.examine(), 'keys')).toMatchObject({
    status: 'wrong',
    finding: 'the table has pk (S), the parameter says pk (N), sk (S)',
  });
});

test('a table that is gone is wrong, and nothing else is said of it twice', async () => {
  const patient = await newPatient(clinic);
  clinic.aws.behave(when(asks('DescribeTable'), refusing('ResourceNotFoundException', 'no')));
  const ofTable = (await patient.examine()).filter(({ group }) => group === 'table');
  expect(complaintsAmong(ofTable)).toEqual([
    'wrong exists: there is no such table in this account and region',
    'skipped event source: the table’s stream is not known',
  ]);
});

test('a permission that only the operator lacks is a warning', async () => {
  const patient = await newPatient(clinic);
  clinic.aws.behave(when(asks('DescribeTable'), refusing('AccessDeniedException', 'no')));
  const checks = await patient.examine();
  expect(checkNamed(checks, 'exists')).toMatchObject({
    status: 'warning',
    cure: 'Allow dynamodb:DescribeTable to whoever runs this command.',
  });
  expect(checkNamed(checks, 'items')).toMatchObject({ status: 'ok' });
});

test('a table that no function follows is wrong', async () => {
  const patient = await newPatient(clinic, { mapping: null });
  expect(checkNamed(await patient.examine(), 'event source')).toMatchObject({
    status: 'wrong',
    finding: `no event source mapping brings the table’s stream to a function that reads ${patient.name}`,
  });
});

test('a mapping on a stream that the table no longer writes is wrong', async () => {
  const patient = await newPatient(clinic);
  clinic.aws.behave(
    when(asks('DescribeTable'), rewriting(/("LatestStreamArn": ?")([^"]+)"/, '$1$2-anew"')),
  );
  expect(checkNamed(await patient.examine(), 'event source')).toMatchObject({
    status: 'wrong',
    finding: expect.stringContaining('its mapping reads a stream that the table no longer writes'),
  });
});

test('a mapping that is disabled is wrong', async () => {
  const patient = await newPatient(clinic, { mapping: { Enabled: false } });
  expect(checkNamed(await patient.examine(), 'event source')).toMatchObject({
    status: 'wrong',
    finding: 'its mapping is disabled: nothing is received',
  });
});

test('a mapping that is being made is looked at again', async () => {
  const patient = await newPatient(clinic);
  clinic.aws.behave(
    when(asks('event-source-mappings'), rewriting(/"State": ?"Enabled"/g, '"State":"Creating"')),
  );
  expect(checkNamed(await patient.examine(), 'event source')).toMatchObject({
    status: 'warning',
    finding: 'its mapping is creating',
  });
});

test('what a mapping says of its last result is passed on', async () => {
  const patient = await newPatient(clinic);
  const problem = '"State":"Enabled","LastProcessingResult":"PROBLEM: Function call failed"';
  clinic.aws.behave(
    when(asks('event-source-mappings'), rewriting(/"State": ?"Enabled"/g, problem)),
  );
  expect(checkNamed(await patient.examine(), 'last result')).toMatchObject({
    status: 'wrong',
    finding: 'PROBLEM: Function call failed',
  });
});

test('a mapping that does not report item failures, or has nowhere to put what it gives up, is wrong', async () => {
  const patient = await newPatient(clinic, {
    mapping: { FunctionResponseTypes: [], DestinationConfig: {} },
  });
  const { status, finding } = checkNamed(await patient.examine(), 'settings');
  expect(status).toBe('wrong');
  expect(finding).toContain('ReportBatchItemFailures');
  expect(finding).toContain('on-failure destination');
});

test.each([-1, 86_400])('records that may grow %s s old are warned of', async (age) => {
  const patient = await newPatient(clinic);
  const said = `"MaximumRecordAgeInSeconds":${age}`;
  clinic.aws.behave(
    when(asks('event-source-mappings'), rewriting(/"MaximumRecordAgeInSeconds": ?82800/g, said)),
  );
  expect(checkNamed(await patient.examine(), 'record age')).toMatchObject({ status: 'warning' });
});

test('a function that works by an older version of the parameter is warned of', async () => {
  const patient = await newPatient(clinic);
  await patient.configure();
  expect(checkNamed(await patient.examine(), 'configuration')).toMatchObject({
    status: 'warning',
    finding: 'it works by version 1 of the parameter, and the newest is 2',
  });
});

test('dead letters that wait are counted by table, with the oldest', async () => {
  const patient = await newPatient(clinic);
  await patient.putObject(`rejected/${patient.name}/2026/01/01/1-a.ndjson`);
  await patient.putObject(`rejected/${patient.name}/2026/01/02/2-b.ndjson`);
  await patient.putObject('rejected/Removed/2026/01/02/3-c.ndjson');
  await patient.putObject('aws/lambda/x/shardId-1/2026/01/02/4');
  const letters = (await patient.examine()).filter(({ group }) => group === 'dead letters');
  const today = new Date().toISOString().slice(0, 10);
  expect(complaintsAmong(letters).map((line) => line.replace(/ \d\d:\d\d UTC/, ''))).toEqual([
    `wrong rejected: 1 object with records of Removed, the oldest of ${today}`,
    `wrong rejected: 2 objects with records of ${patient.name}, the oldest of ${today}`,
    `wrong given up: 1 object with records, the oldest of ${today}`,
  ]);
  expect(letters[1]?.cure).toContain(`npx dynamodb-to-opensearch replay --table ${patient.name}`);
});

test('a bucket that may not be listed is warned of', async () => {
  const patient = await newPatient(clinic);
  clinic.aws.behave(when(asks('list-type'), refusing('AccessDenied', 'no')));
  expect(checkNamed(await patient.examine(), 'rejected')).toMatchObject({
    status: 'warning',
    cure: 'Allow s3:ListBucket on the bucket to whoever runs this command.',
  });
});

test('a bucket that is gone is wrong', async () => {
  const patient = await newPatient(clinic, {
    top: { dead_letter: { bucket: 'there-is-none', prefix: 'rejected/' } },
  });
  expect(checkNamed(await patient.examine(), 'rejected')).toMatchObject({
    status: 'wrong',
    cure: expect.stringContaining('terraform apply'),
  });
});
