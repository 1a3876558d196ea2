import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseConfiguration } from '../../../function/src/configuration/parse.ts';
import { refreshChoice } from '../../../function/src/opensearch/refresh.ts';
import { isBulk } from '../../support/faults.ts';
import { onStage, type Stage } from '../../support/function-stage.ts';

/** The `refresh` parameter of each bulk request of an invocation. */
const refreshesOf = async (stage: Stage, records: number): Promise<readonly (string | null)[]> => {
  stage.openSearch.behave();
  await stage.invoke(Array.from({ length: records }, (_, at) => stage.put(`k${at}`)));
  return stage.openSearch.requests
    .filter(isBulk)
    .map(({ path }) => new URL(path, 'http://localhost').searchParams.get('refresh'));
};

/** The ids that a search finds, without any refresh of ours. */
const search = async ({ openSearchUrl, name }: Stage): Promise<readonly string[]> => {
  const response = await fetch(`${openSearchUrl}/${name}/_search?size=100`);
  const { hits } = (await response.json()) as { hits: { hits: { _id: string }[] } };
  return hits.hits.map(({ _id: id }) => id);
};

describe.concurrent('refresh', () => {
  test('auto, the default, lets a quiet table read its writes', () =>
    onStage({ configuration: { refresh: undefined } }, async (stage) => {
      expect(await refreshesOf(stage, 1)).toEqual(['true']);
      expect(await search(stage)).toEqual(['k0']);
      await sleep(1000);
      expect(await refreshesOf(stage, 10)).toEqual(['true']);
      expect(await search(stage)).toHaveLength(10);
    }));

  test('auto does nothing for more than ten records, also when they are of one key', () =>
    onStage({ configuration: { refresh: 'auto' } }, async (stage) => {
      expect(await refreshesOf(stage, 11)).toEqual([null]);
      stage.openSearch.behave();
      await stage.invoke(Array.from({ length: 11 }, () => stage.put('one')));
      expect(stage.openSearch.requests[0]?.path).not.toContain('refresh');
    }));

  test.each([
    ['true', 'true'],
    ['wait_for', 'wait_for'],
    ['false', null],
  ])('%s is sent as %s, however many records there are', (refresh, sent) =>
    onStage({ configuration: { refresh } }, async (stage) => {
      expect(await refreshesOf(stage, 1)).toEqual([sent]);
      expect(await refreshesOf(stage, 20)).toEqual([sent]);
    }),
  );

  test.each(['auto', 'true'])('%s is never sent to OpenSearch Serverless', (refresh) => {
    const auth = { type: 'sigv4', service: 'aoss', region: 'eu-west-1' };
    return onStage({ configuration: { refresh, auth } }, async (stage) => {
      expect(await refreshesOf(stage, 1)).toEqual([null]);
      expect(await refreshesOf(stage, 20)).toEqual([null]);
    });
  });
});

describe('auto', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));

  afterEach(() => void vi.useRealTimers());

  test('forces a refresh once a second at most, and only events of few records count', () => {
    const configuration = parseConfiguration(
      JSON.stringify({
        endpoint: 'http://localhost:9200',
        dead_letter: { bucket: 'b', prefix: '' },
        tables: { Orders: { index: 'orders', keys: [{ name: 'pk', type: 'S' }] } },
      }),
      'the parameter',
      'eu-west-1',
    );
    const choose = refreshChoice(configuration);
    const chosen = [
      [0, 11],
      [0, 10],
      [0, 1],
      [999, 1],
      [1, 11],
      [0, 1],
      [500, 1],
      [500, 10],
    ].map(([milliseconds = 0, records = 0]) => {
      vi.advanceTimersByTime(milliseconds);
      return choose(records);
    });
    const forced = [1, 5, 7];
    expect(chosen).toEqual(chosen.map((_, at) => (forced.includes(at) ? 'true' : undefined)));
  });
});
