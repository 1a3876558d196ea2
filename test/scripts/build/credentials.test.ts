import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { bundledCall } from './bundled-call.ts';
import { loopbackServer } from './loopback-server.ts';

const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
const region = { AWS_REGION: 'eu-west-1' };

const sts = (requestLine: string, body: string) => {
  const action = new URLSearchParams(body).get('Action');
  return {
    body: `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials>
      <AccessKeyId>${requestLine} ${action}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
      <SessionToken>token</SessionToken><Expiration>${inAnHour}</Expiration>
    </Credentials></${action}Result></${action}Response>`,
  };
};

test('the environment gives credentials', async () => {
  const environment = { AWS_ACCESS_KEY_ID: 'environment', AWS_SECRET_ACCESS_KEY: 'secret' };
  expect(await bundledCall({ name: 'accessKey', environment })).toBe('environment');
});

test('a container gives credentials', async () => {
  const url = await loopbackServer((line) => ({
    body: JSON.stringify({
      AccessKeyId: line,
      SecretAccessKey: 'secret',
      Token: 'token',
      Expiration: inAnHour,
    }),
  }));
  const environment = { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/container` };
  expect(await bundledCall({ name: 'accessKey', environment })).toBe('GET /container');
});

test('an instance gives credentials', async () => {
  const url = await loopbackServer((line) => {
    if (line === 'PUT /latest/api/token') return { body: 'token' };
    if (line.endsWith('/security-credentials/')) return { body: 'role' };
    const credentials = { SecretAccessKey: 'secret', Token: 'token', Expiration: inAnHour };
    return { body: JSON.stringify({ Code: 'Success', AccessKeyId: line, ...credentials }) };
  });
  const environment = { AWS_EC2_METADATA_SERVICE_ENDPOINT: url };
  expect(await bundledCall({ name: 'accessKey', environment })).toBe(
    'GET /latest/meta-data/iam/security-credentials/role',
  );
});

test('a web identity gives credentials', async () => {
  const environment = {
    ...region,
    AWS_ENDPOINT_URL_STS: await loopbackServer(sts),
    AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/sync',
    AWS_WEB_IDENTITY_TOKEN_FILE: '~/token',
  };
  const homeFiles = { token: 'identity' };
  expect(await bundledCall({ name: 'accessKey', environment, homeFiles })).toBe(
    'POST / AssumeRoleWithWebIdentity',
  );
});

test('a profile gives the credentials of a program', async () => {
  const printed = { Version: 1, AccessKeyId: 'program', SecretAccessKey: 'secret' };
  const homeFiles = {
    '.aws/config': '[profile shop]\ncredential_process = cat ~/printed.json',
    'printed.json': JSON.stringify(printed),
  };
  const environment = { AWS_PROFILE: 'shop', PATH: process.env['PATH'] ?? '' };
  expect(await bundledCall({ name: 'accessKey', environment, homeFiles })).toBe('program');
});

test('a profile gives the credentials of a role', async () => {
  const environment = {
    ...region,
    AWS_ENDPOINT_URL_STS: await loopbackServer(sts),
    AWS_PROFILE: 'shop',
  };
  const homeFiles = {
    '.aws/config':
      '[profile shop]\nrole_arn = arn:aws:iam::123456789012:role/sync\nsource_profile = person',
    '.aws/credentials': '[person]\naws_access_key_id = person\naws_secret_access_key = secret',
  };
  expect(await bundledCall({ name: 'accessKey', environment, homeFiles })).toBe(
    'POST / AssumeRole',
  );
});

test('a profile gives the credentials of a single sign-on', async () => {
  const url = await loopbackServer(() => ({
    body: JSON.stringify({
      roleCredentials: {
        accessKeyId: 'sign-on',
        secretAccessKey: 'secret',
        sessionToken: 'token',
        expiration: Date.parse(inAnHour),
      },
    }),
  }));
  const session = createHash('sha1').update('people').digest('hex');
  const homeFiles = {
    '.aws/config': `[profile shop]
sso_session = people
sso_account_id = 123456789012
sso_role_name = sync
[sso-session people]
sso_region = eu-west-1
sso_start_url = https://people.awsapps.com/start`,
    [`.aws/sso/cache/${session}.json`]: JSON.stringify({
      accessToken: 'token',
      expiresAt: inAnHour,
    }),
  };
  const environment = { ...region, AWS_ENDPOINT_URL_SSO: url, AWS_PROFILE: 'shop' };
  expect(await bundledCall({ name: 'accessKey', environment, homeFiles })).toBe('sign-on');
});
