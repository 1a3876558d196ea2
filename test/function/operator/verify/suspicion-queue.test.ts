import { expect, test, vi } from 'vitest';
import { newSuspicion, type Suspicion } from '../../../../function/src/core/suspicion.ts';
import { suspicionQueue } from '../../../../function/src/operator/verify/suspicion-queue.ts';

const suspicionOf = (id: string): Suspicion =>
  newSuspicion({ id, key: { pk: { S: id } } }, { expected: '', held: { kind: 'absent' }, now: 0 });

const openQueue = (
  lookAgain: (due: readonly Suspicion[]) => readonly Suspicion[],
  onWaiting: (count: number) => void = () => undefined,
) => {
  const { signal } = new AbortController();
  const options = { delaySeconds: 0.01, lanes: 2, signal, onWaiting };
  return suspicionQueue(async (due) => lookAgain(due), options);
};

const ids = (suspicions: readonly Suspicion[]) => suspicions.map(({ id }) => id);

test('an id waits once, however often it is suspected, until it has been looked at for the last time', async () => {
  const looks: (readonly string[])[] = [];
  const counts: number[] = [];
  const queue = openQueue(
    (due) => {
      looks.push(ids(due));
      return looks.length === 1 ? due : [];
    },
    (count) => counts.push(count),
  );
  await queue.add(['a', 'b', 'a'].map(suspicionOf));
  await queue.add([suspicionOf('b')]);
  queue.close();
  await queue.run();
  expect(looks.map((look) => [...look].sort())).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ]);
  expect(counts).toEqual([2, 2, 2, 0]);
});

test('an id that was settled may be suspected anew', async () => {
  const looked: string[] = [];
  let waiting = 0;
  const queue = openQueue(
    (due) => {
      looked.push(...ids(due));
      return [];
    },
    (count) => {
      waiting = count;
    },
  );
  await queue.add([suspicionOf('a')]);
  const run = queue.run();
  await vi.waitFor(() => expect(waiting).toBe(0));
  await queue.add([suspicionOf('a')]);
  queue.close();
  await run;
  expect(looked).toEqual(['a', 'a']);
});
