import { expect, test } from 'vitest';
import { parseConfiguration } from '../../function/src/configuration/parse.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { onStage } from '../support/function-stage.ts';

const isTaken = (endpoint: unknown): boolean => {
  const configuration = {
    endpoint,
    auth: { region: 'eu-west-1' },
    dead_letter: { bucket: 'b', prefix: '' },
    tables: { Orders: { index: 'orders', keys: [{ name: 'pk', type: 'S' }] } },
  };
  try {
    parseConfiguration(JSON.stringify(configuration), 'the parameter', undefined);
    return true;
  } catch {
    return false;
  }
};

test.each([
  'http://169.254.169.254/latest/meta-data/', // who asks there is given the role's credentials
  'http://169.254.170.2/v2/credentials',
  'http://[fd00:ec2::254]/',
  'http://search.example.com',
  'http://localhost.example.com',
  'http://127.0.0.1.example.com',
  'http://localhost@example.com',
  'http://[::ffff:10.0.0.1]',
  'https://user:password@example.com',
  'https://user@example.com',
  'https://example.com?x=1',
  'https://example.com#x',
  'file:///proc/self/environ',
  'ftp://example.com',
  'gopher://127.0.0.1:9200/_',
  'data:text/plain,x',
  'javascript:alert(1)',
  '//example.com',
  'example.com',
  '',
  null,
  ['https://example.com'],
])('the endpoint %j is refused', (endpoint) => {
  expect(isTaken(endpoint)).toBe(false);
});

test.each([
  'https://search-orders-abc.eu-west-1.es.amazonaws.com',
  'https://opensearch.example.com:9200',
  'http://127.0.0.1:9200',
  'http://[::1]:9200',
])('the endpoint %s is taken', (endpoint) => {
  expect(isTaken(endpoint)).toBe(true);
});

test.each([301, 302, 307, 308])(
  'a redirection (%i) is not followed: nothing goes to another host, and records come again',
  (status) =>
    onStage({}, async (stage) => {
      const other = await startFaultProxy(stage.openSearchUrl);
      const location = `${other.url}/${stage.name}/_bulk`;
      stage.openSearch.behave(() => ({ status, headers: { location }, body: '' }));
      const { metrics } = await stage.invoke([stage.put('k1')], 3000);
      expect(metrics).toMatchObject({ Retried: 1 });
      expect(other.requests).toEqual([]);
      await other.stop();
    }),
);

test('of the credentials OpenSearch sees a signature for its own host, and no secret', () =>
  onStage({ environment: { AWS_SECRET_ACCESS_KEY: 'not-to-be-seen' } }, async (stage) => {
    await stage.invoke([stage.put('k1')]);
    for (const { headers } of stage.openSearch.requests) {
      expect(headers.host).toBe(new URL(stage.openSearch.url).hostname);
      expect(headers.authorization).toMatch(/SignedHeaders=[^,]*\bhost\b/);
      expect(JSON.stringify(headers)).not.toContain('not-to-be-seen');
    }
  }));
