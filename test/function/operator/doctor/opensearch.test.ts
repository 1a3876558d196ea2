import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeCertificate } from '../../../support/certificate.ts';
import { type Clinic, newPatient, openClinic } from '../../../support/clinic.ts';
import {
  type Behaviour,
  type ProxiedRequest,
  startFaultProxy,
} from '../../../support/fault-proxy.ts';
import { answering, when } from '../../../support/faults.ts';
import { sharedServer } from '../../../support/shared-server.ts';
import { startUnreachableServer } from '../../../support/unreachable-server.ts';
import { checkNamed, complaintsAmong } from './findings.ts';

let clinic: Clinic;

beforeAll(async () => {
  const [moto, openSearch] = await Promise.all([
    sharedServer('moto'),
    sharedServer('opensearch-3.8'),
  ]);
  clinic = await openClinic(moto, openSearch);
});

beforeEach(() => {
  clinic.aws.behave();
  clinic.openSearch.behave();
});

afterAll(() => clinic.stop());

const asks =
  (path: string) =>
  (request: ProxiedRequest): boolean =>
    request.path.split('?')[0] === path;

const ROLE = 'arn:aws:iam::123456789012:role/Admin';

/** STS says that we are in a session of a role. */
const inSession: Behaviour = when(
  ({ body }) => body.toString().includes('GetCallerIdentity'),
  async (_request, passOn) => {
    const reply = await passOn();
    const { 'content-length': _, ...headers } = reply.headers ?? {};
    const arn = 'arn:aws:sts::123456789012:assumed-role/Admin/ada';
    return { ...reply, headers, body: reply.body.toString().replace(/arn:aws:sts:[^<]+/, arn) };
  },
);

const POLICY_DENIAL = {
  Message:
    'User: arn:aws:sts::123456789012:assumed-role/Admin/ada is not authorized to perform: es:ESHttpGet because no resource-based policy allows the es:ESHttpGet action',
};

const FINE_GRAINED_DENIAL = {
  error: {
    type: 'security_exception',
    reason: `no permissions for [cluster:monitor/main] and User [name=${ROLE}, backend_roles=[${ROLE}], requestedTenant=null]`,
  },
  status: 403,
};

test('an access policy that does not let us in is told with the ARNs to allow', async () => {
  const patient = await newPatient(clinic);
  clinic.aws.behave(inSession);
  clinic.openSearch.behave(answering(403, POLICY_DENIAL));
  const checks = await patient.examine();
  expect(checkNamed(checks, 'version')).toMatchObject({
    status: 'wrong',
    finding: '403: the domain’s access policy does not let us in',
    cure: expect.stringContaining(
      `Allow es:ESHttp* on the domain, in its access policy or in IAM, to ${ROLE} (this command) and arn:aws:iam::123456789012:role/${patient.name} (the function).`,
    ),
    heading: 'Records come again',
  });
  expect(checkNamed(checks, 'index')).toMatchObject({ status: 'wrong' });
  expect(checkNamed(checks, 'rejected')).toMatchObject({ status: 'ok' });
});

test('fine-grained access control that does not let us in is told with the ARN to map and what lacks', async () => {
  const patient = await newPatient(clinic);
  clinic.openSearch.behave(answering(403, FINE_GRAINED_DENIAL));
  expect(checkNamed(await patient.examine(), 'version')).toMatchObject({
    status: 'wrong',
    finding: `403: fine-grained access control does not let us (${ROLE}) do it: it lacks cluster:monitor/main`,
    cure: expect.stringContaining(
      `add as backend roles ${ROLE} (this command) and arn:aws:iam::123456789012:role/${patient.name} (the function)`,
    ),
  });
});

test('a user whom fine-grained access control knows without any role is wrong', async () => {
  const patient = await newPatient(clinic);
  const user = { user_name: ROLE, roles: [] };
  clinic.openSearch.behave(when(asks('/_plugins/_security/authinfo'), answering(200, user)));
  expect(checkNamed(await patient.examine(), 'user')).toMatchObject({
    status: 'wrong',
    cure: expect.stringContaining(ROLE),
  });
});

test('a user is told with its roles', async () => {
  const patient = await newPatient(clinic);
  const user = { user_name: ROLE, roles: ['all_access'] };
  clinic.openSearch.behave(when(asks('/_plugins/_security/authinfo'), answering(200, user)));
  expect(checkNamed(await patient.examine(), 'user').finding).toBe(
    `${ROLE}, with the roles all_access`,
  );
});

test.each([
  [403, { message: 'The request signature we calculated does not match' }, 'the signature'],
  [403, { message: 'The security token included in the request is expired' }, 'the signature'],
  [503, '<html>Service Unavailable</html>', 'something that is not OpenSearch’s'],
  [200, '<html>Dashboards</html>', 'something that is not OpenSearch’s'],
  [
    503,
    { error: { type: 'cluster_manager_not_discovered_exception' } },
    'it answered 503 cluster_',
  ],
])('an answer %i %j is explained', async (status, body, finding) => {
  const patient = await newPatient(clinic);
  clinic.openSearch.behave(answering(status, body));
  expect(checkNamed(await patient.examine(), 'version')).toMatchObject({
    status: 'wrong',
    finding: expect.stringContaining(finding),
    cure: expect.stringMatching(/./),
  });
});

test('a connection that breaks is explained', async () => {
  const patient = await newPatient(clinic);
  clinic.openSearch.behave(() => 'cut');
  expect(checkNamed(await patient.examine(), 'version')).toMatchObject({
    status: 'wrong',
    finding: 'the connection broke (ConnectionError)',
  });
});

test('an OpenSearch that does not answer is explained, and the examination ends', async () => {
  const patient = await newPatient(clinic);
  clinic.openSearch.behave(when(asks('/'), () => 'silence'));
  expect(checkNamed(await patient.examine(), 'version')).toMatchObject({
    status: 'wrong',
    finding: 'it took the connection and did not answer in time',
  });
});

const withEndpoint = async (endpoint: string) => {
  const patient = await newPatient(clinic);
  const { name } = patient;
  await patient.configure({ top: { endpoint } });
  const checks = await patient.examine();
  expect(checkNamed(checks, 'index')).toMatchObject({
    status: 'skipped',
    finding: 'OpenSearch cannot be reached',
    subject: name,
  });
  return checkNamed(checks, 'network');
};

test('a name that does not exist is told', async () => {
  expect(await withEndpoint('https://search.invalid')).toMatchObject({
    status: 'wrong',
    finding: 'the name search.invalid cannot be resolved',
  });
});

test('a port where nothing listens is told', async () => {
  expect(await withEndpoint('http://127.0.0.1:1')).toMatchObject({
    status: 'wrong',
    finding: '127.0.0.1 refuses the connection',
  });
});

test('a host that swallows what is sent to it is told, as from outside of a VPC', async () => {
  const server = await startUnreachableServer();
  expect(await withEndpoint(server.url)).toMatchObject({
    status: 'wrong',
    finding: '127.0.0.1 does not answer',
    cure: expect.stringContaining('If it is in a VPC, run this command from there.'),
  });
  server.stop();
});

test('a certificate that is not accepted is told', async () => {
  const proxy = await startFaultProxy(clinic.openSearchUrl, makeCertificate());
  expect(await withEndpoint(proxy.url)).toMatchObject({
    status: 'wrong',
    finding: expect.stringContaining('shows a certificate that is not accepted'),
  });
  await proxy.stop();
});

test('a server that does not speak TLS is told', async () => {
  const plain = clinic.openSearch.url.replace('http:', 'https:');
  expect(await withEndpoint(plain)).toMatchObject({
    status: 'wrong',
    finding: expect.stringContaining('127.0.0.1 does not speak TLS as we do'),
  });
});

test('a version that this product is not tested with is warned of', async () => {
  const patient = await newPatient(clinic);
  clinic.openSearch.behave(when(asks('/'), answering(200, { version: { number: '7.10.2' } })));
  expect(checkNamed(await patient.examine(), 'version')).toMatchObject({
    status: 'warning',
    finding: 'Elasticsearch 7.10.2: this product is tested with OpenSearch 2.19 to 3',
    cure: expect.stringContaining('--probe'),
  });
});

test('a cluster that is read-only is wrong', async () => {
  const patient = await newPatient(clinic);
  const settings = { persistent: { cluster: { blocks: { read_only: 'true' } } } };
  clinic.openSearch.behave(when(asks('/_cluster/settings'), answering(200, settings)));
  expect(checkNamed(await patient.examine(), 'blocks')).toMatchObject({
    status: 'wrong',
    finding: 'the whole cluster is read-only (cluster.blocks.read_only)',
  });
});

test('a red cluster is wrong', async () => {
  const patient = await newPatient(clinic);
  clinic.openSearch.behave(when(asks('/_cluster/health'), answering(200, { status: 'red' })));
  expect(checkNamed(await patient.examine(), 'health')).toMatchObject({ status: 'wrong' });
});

const GB = 1024 ** 3;

test.each([
  ['85%', 14, 'warning', '86 % of the fullest disk is used, beyond the watermark low'],
  ['0.85', 14, 'warning', 'beyond the watermark low'],
  ['20gb', 14, 'warning', 'beyond the watermark low'],
  ['85%', 8, 'warning', 'beyond the watermark high: shards are moved away'],
  ['85%', 4, 'wrong', 'beyond the watermark flood_stage: indexes on it become read-only'],
  ['85%', 50, 'ok', '50 % of the fullest disk is used'],
])(
  'with a watermark of %s and %i %% of a disk free, it is told',
  async (low, free, status, finding) => {
    const patient = await newPatient(clinic);
    const disks = [
      { node: 'one', 'disk.total': String(100 * GB), 'disk.avail': String(90 * GB) },
      { node: 'two', 'disk.total': String(100 * GB), 'disk.avail': String(free * GB) },
      { node: 'UNASSIGNED', 'disk.total': null, 'disk.avail': null },
    ];
    const watermark = { low, high: '90%', flood_stage: '95%' };
    const settings = {
      defaults: { cluster: { routing: { allocation: { disk: { watermark } } } } },
    };
    const onDisks = when(asks('/_cat/allocation'), answering(200, disks));
    clinic.openSearch.behave((request, passOn) =>
      asks('/_cluster/settings')(request)
        ? answering(200, settings)(request, passOn)
        : onDisks(request, passOn),
    );
    expect(checkNamed(await patient.examine(), 'disks')).toMatchObject({
      status,
      finding: expect.stringContaining(finding),
    });
  },
);

test('of a collection only what it tells is asked', async () => {
  const patient = await newPatient(clinic);
  const auth = { type: 'sigv4', service: 'aoss', region: 'eu-west-1' };
  await patient.configure({ top: { auth } });
  const checks = await patient.examine();
  const ofOpenSearch = checks.filter(({ group }) => group === 'OpenSearch');
  expect(complaintsAmong(ofOpenSearch)).toEqual([
    'skipped version: OpenSearch Serverless does not tell',
    'skipped cluster: OpenSearch Serverless does not tell',
  ]);
  clinic.openSearch.behave(answering(403, { status: 403, error: { type: 'Forbidden' } }));
  expect(checkNamed(await patient.examine(), 'index')).toMatchObject({
    finding: '403: the collection does not let us in',
    cure: expect.stringContaining('data access policy'),
  });
});

test('a secret that cannot be read is told, and whoever it names where the password is wrong', async () => {
  const patient = await newPatient(clinic);
  const auth = {
    type: 'basic',
    secret_arn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:x',
  };
  await patient.configure({ top: { auth } });
  const checks = await patient.examine();
  expect(checkNamed(checks, 'secret')).toMatchObject({ status: 'wrong' });
  expect(checkNamed(checks, 'version')).toMatchObject({
    status: 'wrong',
    finding: 'there is no user to ask as',
  });
});
