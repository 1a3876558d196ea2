import { existsSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startOpenSearch } from '../../../scripts/local/opensearch.ts';
import { processExists } from '../../support/process-exists.ts';
import { sharedServer } from '../../support/shared-server.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const send = async (url: string, method = 'GET', body?: object): Promise<unknown> => {
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return answer.json();
};

test('both versions answer at the same time', async () => {
  const urls = await Promise.all([sharedServer('opensearch-3.8'), sharedServer('opensearch-2.19')]);
  const answers = await Promise.all(urls.map((url) => send(url)));
  expect(answers).toMatchObject([
    { version: { number: '3.8.0' } },
    { version: { number: '2.19.1' } },
  ]);
}, 180_000);

test('a node is reached over the loopback interface only', async () => {
  const { port } = new URL(await sharedServer('opensearch-3.8'));
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === 'IPv4' && !address.internal);
  if (outside === undefined) return;
  await expect(fetch(`http://${outside.address}:${port}`)).rejects.toThrow();
}, 180_000);

test('a nearly full disk does not block writes, and indexes are created by writing to them', async () => {
  const url = await sharedServer('opensearch-3.8');
  const settings = await send(`${url}/_cluster/settings?include_defaults&flat_settings`);
  expect(settings).toMatchObject({
    defaults: {
      'cluster.routing.allocation.disk.threshold_enabled': 'false',
      'action.auto_create_index': 'true',
    },
  });
}, 180_000);

test.each(['3.8', '2.19'] as const)(
  '%s takes documents through an ingest pipeline',
  async (version) => {
    const url = await sharedServer(`opensearch-${version}`);
    const processors = [{ set: { field: 'seen', value: true } }];
    await send(`${url}/_ingest/pipeline/local-stack`, 'PUT', { processors });
    await send(`${url}/local-stack/_doc/1?pipeline=local-stack`, 'PUT', { name: 'first' });
    expect(await send(`${url}/local-stack/_doc/1`)).toMatchObject({
      _source: { name: 'first', seen: true },
    });
  },
  180_000,
);

test('a third node runs beside them, takes settings, leaves no process, and keeps its data only if told where', async () => {
  const directory = join(temporaryDirectory(), 'data');
  const first = await startOpenSearch({ version: '3.8', directory });
  await send(`${first.url}/kept/_doc/1`, 'PUT', { name: 'kept' });
  await first.stop();
  expect(processExists(first.processId)).toBe(false);
  const settings = { 'action.auto_create_index': false };
  const second = await startOpenSearch({ version: '3.8', directory, settings });
  const missing = await send(`${second.url}/other/_doc/1`, 'PUT', { name: 'refused' });
  const health = `${second.url}/_cluster/health/kept?wait_for_status=yellow`;
  await send(health);
  const kept = await send(`${second.url}/kept/_doc/1`);
  await second.stop();
  expect(missing).toMatchObject({ status: 404 });
  expect(kept).toMatchObject({ _source: { name: 'kept' } });
  expect(existsSync(directory)).toBe(true);
}, 180_000);

test('a missing JDK or Maven is one sentence with the cure', async () => {
  // Which of the two it is depends on whether a directory of this system holds a JDK.
  const environment = { PATH: '', XDG_CACHE_HOME: temporaryDirectory() };
  const error = await startOpenSearch({ version: '3.8', environment }).catch(String);
  expect(error).toMatch(
    /^Error: (OpenSearch 3\.8 needs a JDK|Apache Maven fetches) .* run the command again\.$/,
  );
});
