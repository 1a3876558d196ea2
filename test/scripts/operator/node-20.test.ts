import { beforeAll, expect, test, vi } from 'vitest';

const native = {
  groupBy: Map.groupBy,
  withResolvers: Promise.withResolvers,
  parse: URL.parse,
};

// As if this were Node.js 20.
beforeAll(async () => {
  Reflect.deleteProperty(Map, 'groupBy');
  Reflect.deleteProperty(Promise, 'withResolvers');
  Reflect.deleteProperty(URL, 'parse');
  vi.resetModules();
  await import('../../../scripts/operator/node-20.ts');
  return () => {
    Object.assign(Map, { groupBy: native.groupBy });
    Object.assign(Promise, { withResolvers: native.withResolvers });
    Object.assign(URL, { parse: native.parse });
  };
});

test('groups are those of Node.js 22, in its order and by its keys', () => {
  const items = [NaN, 0, -0, 1, 'a', 'a', undefined, NaN];
  const byItem = (item: unknown, at: number) => (at > 5 ? 'late' : item);
  expect(Map.groupBy).not.toBe(native.groupBy);
  expect([...Map.groupBy(items, byItem)]).toEqual([...native.groupBy.call(Map, items, byItem)]);
});

test.each([['https://a.b/c'], ['not a url'], ['c', 'https://a.b'], ['c', 'd']])(
  'the URL %s %s is the one of Node.js 22, or none',
  (...[text, base]) => {
    expect(URL.parse).not.toBe(native.parse);
    expect(URL.parse(text, base)?.href).toBe(native.parse(text, base)?.href);
  },
);

test('a promise is settled from outside', async () => {
  const { promise, resolve } = Promise.withResolvers<number>();
  resolve(7);
  expect(await promise).toBe(7);
  const other = Promise.withResolvers();
  other.reject(new Error('no'));
  await expect(other.promise).rejects.toThrow('no');
});
