import { describe, expect, test } from 'vitest';
import type { ProxiedRequest, Reply } from '../support/fault-proxy.ts';
import { keepLateRequests, type LateKind } from './late-requests.ts';

const bulk = (...lines: readonly object[]): ProxiedRequest => ({
  method: 'POST',
  path: '/orders/_bulk?refresh=true',
  headers: {},
  body: Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join('')),
  connection: 1,
  at: 0,
});

const index = (version: number, value: string, id = 'k') => [
  { index: { _id: id, version, version_type: 'external_gte' } },
  { value },
];
const remove = (version: number) => [
  { delete: { _id: 'k', version, version_type: 'external_gte' } },
];
const conditional = (value: string) => [
  { index: { _id: 'k', if_seq_no: 1, if_primary_term: 1 } },
  { value },
];

const taken = (...statuses: readonly number[]): Reply => ({
  status: 200,
  body: JSON.stringify({ items: statuses.map((status) => ({ index: { status } })) }),
});

/** Holds a request back, has others applied, and releases it; what became of its operations, and what was sent. */
const released = async (
  held: readonly object[],
  meanwhile: readonly (readonly [readonly object[], number])[],
  between: (late: ReturnType<typeof keepLateRequests>) => void = () => undefined,
) => {
  const kinds: LateKind[] = [];
  const sent: string[] = [];
  const late = keepLateRequests({
    apply: async ({ body }) => {
      sent.push(body.toString());
      return taken(200);
    },
    onLate: (kind) => kinds.push(kind),
  });
  late.hold(bulk(...held));
  for (const [lines, status] of meanwhile) late.observe(bulk(...lines), taken(status));
  between(late);
  await late.release('guaranteed');
  return { kinds, sent: sent.length };
};

describe('an operation that was held back', () => {
  test('comes before a newer one where nothing was applied since, or only itself', async () => {
    const before = { kinds: ['before a newer one'], sent: 1 };
    expect(await released(index(5, 'a'), [])).toEqual(before);
    expect(await released(index(5, 'a'), [[index(5, 'a'), 200]])).toEqual(before);
    expect(await released(index(5, 'a'), [[index(6, 'b', 'another'), 200]])).toEqual(before);
  });

  test('comes after a newer one where a higher version was applied, or another one is its condition', async () => {
    const after = { kinds: ['after a newer one'], sent: 1 };
    expect(await released(index(5, 'a'), [[index(6, 'b'), 200]])).toEqual(after);
    expect(await released(index(5, 'a'), [[remove(6), 404]])).toEqual(after);
    expect(await released(conditional('a'), [[index(5, 'b'), 200]])).toEqual(after);
  });

  test('is withheld where the newer one has no higher version', async () => {
    const withheld = { kinds: ['withheld'], sent: 0 };
    expect(await released(index(5, 'a'), [[index(5, 'b'), 200]])).toEqual(withheld);
    expect(await released(index(5, 'a'), [[index(4, 'b'), 200]])).toEqual(withheld);
  });

  test('is withheld where deletions were forgotten', async () => {
    const forgotten = released(index(5, 'a'), [[remove(6), 200]], (late) => late.forgetDeletions());
    expect(await forgotten).toEqual({ kinds: ['withheld'], sent: 0 });
  });

  test('is not outdone by what OpenSearch has refused', async () => {
    const refused = released(index(5, 'a'), [[index(5, 'b'), 409]]);
    expect(await refused).toEqual({ kinds: ['before a newer one'], sent: 1 });
  });
});

test('of a request with several operations those pass that do no harm', async () => {
  const sent: string[] = [];
  const late = keepLateRequests({
    apply: async ({ body }) => {
      sent.push(body.toString());
      return taken(200);
    },
    onLate: () => undefined,
  });
  late.hold(bulk(...index(5, 'a'), ...index(5, 'a', 'another')));
  late.observe(bulk(...index(5, 'b')), taken(200));
  await late.release('guaranteed');
  expect(sent).toEqual([bulk(...index(5, 'a', 'another')).body.toString()]);
});
