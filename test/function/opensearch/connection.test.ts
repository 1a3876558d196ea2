import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { connect } from '../../../function/src/opensearch/connection.ts';
import { type Certificate, makeCertificate } from '../../support/certificate.ts';
import { accepting, cutBefore, inTurn, isBulk, onBulk } from '../../support/faults.ts';
import { onStage, openStage, type Stage, type StageParts } from '../../support/function-stage.ts';
import { type Signer, signatureProblem } from '../../support/sigv4.ts';
import { directoryOfFile } from '../../support/temporary-directory.ts';
import { startUnreachableServer } from '../../support/unreachable-server.ts';

const CREDENTIALS = {
  accessKeyId: 'AKIDTEST',
  secretAccessKey: 'secret/with+odd=characters',
  sessionToken: 'token//with+odd=characters==',
};

const environment = {
  AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  AWS_SESSION_TOKEN: CREDENTIALS.sessionToken,
  AWS_REGION: 'ap-southeast-2',
};

const inOurRegion = { ...CREDENTIALS, service: 'es', region: 'ap-southeast-2' };

/** Expects that each request is signed, and returns what they were: method and kind. */
const expectSigned = (stage: Stage, signer: Signer): readonly string[] =>
  stage.openSearch.requests.map((request) => {
    const problem = signatureProblem(request, signer, Date.now());
    expect(problem, `${request.method} ${request.path}`).toBeUndefined();
    return isBulk(request) ? 'bulk' : request.method;
  });

describe.concurrent('over TLS', () => {
  const onSecureStage = (
    environment: StageParts['environment'],
    act: (stage: Stage, certificate: Certificate) => Promise<void>,
  ) => {
    const certificate = makeCertificate();
    return onStage({ certificate, ...(environment && { environment }) }, (stage) =>
      act(stage, certificate),
    );
  };

  test('requests are signed, and use one connection again and again', async () => {
    const file = join(directoryOfFile('certificate'), 'ca.pem');
    await onSecureStage({ ...environment, NODE_EXTRA_CA_CERTS: file }, async (stage, { cert }) => {
      writeFileSync(file, cert);
      for (const key of ['a', 'b', 'c']) {
        expect((await stage.invoke([stage.put(key)])).metrics).toMatchObject({ Written: 1 });
      }
      expect(expectSigned(stage, inOurRegion)).toHaveLength(6);
      expect(stage.openSearch.connections()).toBe(1);
    });
  });

  test('a certificate that nobody vouches for keeps every request back', () =>
    onSecureStage(undefined, async (stage) => {
      const { metrics } = await stage.invoke([stage.put('a')], 5000);
      expect(metrics).toMatchObject({ Retried: 1 });
      expect(stage.openSearch.requests).toEqual([]);
    }));
});

describe.concurrent('every request is signed', () => {
  test.each([
    ['es', 'eu-west-1'],
    ['aoss', 'us-gov-west-1'],
  ] as const)('for the service %s in %s, again when it is sent again', (service, region) => {
    const configuration = { auth: { type: 'sigv4', service, region } };
    return onStage({ configuration, environment }, async (stage) => {
      stage.openSearch.behave(onBulk(inTurn([cutBefore, cutBefore])));
      const { metrics } = await stage.invoke([
        stage.put('k1', { a: { S: 'ünïcödé \u2028 😀' } }),
        stage.put('k2'),
        stage.remove('k3'),
      ]);
      expect(metrics).toMatchObject({ Written: 3 });
      const signer = { ...CREDENTIALS, service, region };
      const kinds = ['HEAD', 'PUT', 'PUT', 'bulk', 'bulk', 'bulk'];
      expect(expectSigned(stage, signer)).toEqual(kinds);
    });
  });

  test('in the region of the function, when the configuration and the host name have none, without a token that the credentials do not have', () =>
    onStage({ environment: { ...environment, AWS_SESSION_TOKEN: '' } }, async (stage) => {
      await stage.invoke([stage.put('k1')]);
      const { sessionToken: _, ...longLived } = inOurRegion;
      expectSigned(stage, longLived);
    }));

  test('with its query', () => {
    const pipeline = "ä pipeline/with+odd&characters=*(!')";
    const parts = { environment, table: { pipeline }, configuration: { refresh: 'wait_for' } };
    return onStage(parts, async (stage) => {
      await stage.invoke([stage.put('k1')]);
      expectSigned(stage, inOurRegion);
      const [bulk] = stage.openSearch.requests.filter(isBulk);
      const query = new URL(bulk?.path ?? '', 'http://localhost').searchParams;
      expect(query.get('pipeline')).toBe(pipeline);
      expect(query.get('refresh')).toBe('wait_for');
    });
  });
});

test.concurrent.each(['3.8', '2.19'] as const)(
  'requests for odd index names are signed, and understood by OpenSearch %s',
  (openSearch) => {
    const unique = crypto.randomUUID();
    const suffixes = [
      'per%cent',
      'été-日本',
      "(it's!)",
      'a+b@c;d=e&f',
      '$x^y`z{1}[2]~',
      'dots..and.-_+',
      '%2e%2f%252f',
    ];
    const indexes = [`.hidden-${unique}`, ...suffixes.map((suffix) => `${unique}-${suffix}`)];
    const tables = Object.fromEntries(indexes.map((index, at) => [`t${at}`, { index }]));
    return onStage({ openSearch, environment, tables }, async (stage) => {
      const of = (at: number) => ({ table: `${stage.name}.t${at}` });
      const { allMetrics } = await stage.invoke(
        indexes.map((_, at) => stage.put('k1', {}, of(at))),
      );
      const documents = await Promise.all(indexes.map((index) => stage.documents(index)));
      const { openSearchUrl } = stage;
      await fetch(`${openSearchUrl}/*${unique}*?expand_wildcards=all`, { method: 'DELETE' });
      await fetch(`${openSearchUrl}/_index_template/*${unique}*`, { method: 'DELETE' });
      expect(allMetrics.map((line) => line['Written'])).toEqual(indexes.map(() => 1));
      expect(documents.map((found) => [...found.keys()])).toEqual(indexes.map(() => ['k1']));
      expect(expectSigned(stage, inOurRegion)).toHaveLength(indexes.length * 4);
    });
  },
);

describe('the connection pool', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage();
    await stage.invoke([stage.put('first')]);
  });

  beforeEach(() => stage.openSearch.behave());

  afterAll(() => stage.stop());

  const large = { a: { S: 'x'.repeat(600_000) } };

  test('is one for all invocations of an execution environment, and holds no more connections than pages are sent at once', async () => {
    stage.openSearch.behave(onBulk(accepting));
    for (let invocation = 0; invocation < 20; invocation++) {
      await stage.invoke(['a', 'b', 'c', 'd'].map((key) => stage.put(key, large)));
    }
    expect(stage.openSearch.requests.filter(isBulk)).toHaveLength(80);
    expect(stage.openSearch.connections()).toBeLessThanOrEqual(2);
  });

  test('gets over connections that were closed while the function was frozen', async () => {
    await stage.invoke([stage.put('a')]);
    stage.openSearch.closeConnections();
    const { metrics } = await stage.invoke([stage.put('a')]);
    expect(metrics).toMatchObject({ Written: 1 });
  });
});

test('credentials that do not come end with the time of their request', async () => {
  const nobody = await startUnreachableServer();
  vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
  vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', `${nobody.url}/credentials`);
  const send = connect(new URL(nobody.url), { service: 'es', region: 'eu-west-1' });
  const answer = await send({ method: 'HEAD', path: '/orders' }, 50);
  vi.unstubAllEnvs();
  nobody.stop();
  expect(answer).toEqual({ kind: 'unanswered', error: 'TimeoutError' });
});
