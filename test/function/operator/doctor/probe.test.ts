import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../../../function/src/opensearch/connection.ts';
import { probe } from '../../../../function/src/operator/doctor/probe.ts';
import { askOpenSearch } from '../../../support/ask-opensearch.ts';
import {
  type FaultProxy,
  type ProxiedRequest,
  startFaultProxy,
} from '../../../support/fault-proxy.ts';
import { answering, failingItems, healthy, when } from '../../../support/faults.ts';
import { indexContents } from '../../../support/index-contents.ts';
import { aTable } from '../../../support/records.ts';
import { sharedServer } from '../../../support/shared-server.ts';

describe.each(['3.8', '2.19'] as const)('with OpenSearch %s', (version) => {
  const table = aTable({ index: `probed-${version}` });
  let url: string;
  let proxy: FaultProxy;

  beforeAll(async () => {
    url = await sharedServer(`opensearch-${version}`);
    proxy = await startFaultProxy(url);
    await askOpenSearch(url, 'PUT', `/${table.index}`);
  });

  beforeEach(() => proxy.behave());

  afterAll(() => proxy.stop());

  const probed = () => probe(table, connect(new URL(proxy.url), undefined));

  /** Index names that the probe has written to. */
  const indexes = (): readonly string[] => [
    ...new Set(proxy.requests.map(({ path }) => path.split('/')[1] ?? '')),
  ];

  test('the version rules are kept, and nothing is left of the proof', async () => {
    expect(await probed()).toMatchObject({
      status: 'ok',
      finding: expect.stringContaining(
        'kept: index 2: 201, index 2: 200, index 1: 409, delete 3: 200, index 2: 409',
      ),
    });
    const [index = '', ...others] = indexes();
    expect(index).toMatch(/^dynamodb-to-opensearch-probe-/);
    expect(others).toEqual([]);
    await expect(askOpenSearch(url, 'GET', `/${index}`)).rejects.toThrow('404');
  });

  test('where no index may be made, the proof is in the table’s, under an id that no key has', async () => {
    proxy.behave(when(makesIndex, answering(403)));
    expect(await probed()).toMatchObject({
      status: 'ok',
      finding: expect.stringContaining(`in ${table.index}, under an id that no key can have`),
    });
    expect(indexes()).toContain(table.index);
    expect(await indexContents(url, table.index)).toEqual(new Map());
  });

  test('where no index may be made and the table has none, none is made by the proof', async () => {
    proxy.behave(when(makesIndex, answering(403)));
    const absent = aTable({ index: `absent-${version}` });
    expect(await probe(absent, connect(new URL(proxy.url), undefined))).toMatchObject({
      status: 'skipped',
    });
    await expect(askOpenSearch(url, 'GET', `/${absent.index}`)).rejects.toThrow('404');
  });

  test('an OpenSearch that takes a lower version is found out, and cleaned up', async () => {
    let bulks = 0;
    const unversioned = ({ body, ...request }: ProxiedRequest): ProxiedRequest => ({
      ...request,
      body: Buffer.from(body.toString().replace(/,"version":1,"version_type":"external_gte"/, '')),
    });
    proxy.behave((request, passOn) =>
      request.path.includes('_bulk') && ++bulks === 3
        ? passOn(unversioned(request))
        : healthy(request, passOn),
    );
    expect(await probed()).toMatchObject({
      status: 'wrong',
      finding: expect.stringContaining('index 1: 200'),
      heading: 'OpenSearch does not keep the version rules',
    });
    await expect(askOpenSearch(url, 'GET', `/${indexes()[0]}`)).rejects.toThrow('404');
  });

  test('a probe that may write nothing says what it was answered', async () => {
    proxy.behave((request, passOn) =>
      makesIndex(request)
        ? answering(403)(request, passOn)
        : failingItems(() => ({ status: 403, type: 'security_exception' }))(request, passOn),
    );
    expect(await probed()).toMatchObject({
      status: 'wrong',
      finding: expect.stringContaining('index 2: 403'),
    });
  });
});

const makesIndex = ({ method }: ProxiedRequest): boolean => method === 'PUT';
