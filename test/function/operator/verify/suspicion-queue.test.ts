import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { newSuspicion, type Suspicion } from '../../../../function/src/core/suspicion.ts';
import {
  type QueueOptions,
  suspicionQueue,
} from '../../../../function/src/operator/verify/suspicion-queue.ts';

const suspicionOf = (id: string): Suspicion =>
  newSuspicion({ id, key: { pk: { S: id } } }, { expected: '', held: { kind: 'absent' }, now: 0 });

const usual: QueueOptions = {
  delaySeconds: 0.01,
  lanes: 2,
  signal: new AbortController().signal,
  ending: new AbortController().signal,
  waiting: [],
  mostWaiting: 1000,
  onWaiting: () => undefined,
};

const openQueue = (
  lookAgain: (due: readonly Suspicion[]) => readonly Suspicion[],
  onWaiting: (count: number) => void = () => undefined,
) => suspicionQueue(async (due) => lookAgain(due), { ...usual, onWaiting });

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
  expect(counts).toEqual([0, 2, 2, 2, 0]);
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

test('what one queue has left another goes on with: each is looked at as often as by one queue alone', async () => {
  const pauses = fc.array(fc.nat({ max: 12 }), { maxLength: 6 });
  const suspected = fc.uniqueArray(fc.string(), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(pauses, suspected, async (slices, all) => {
      const looks = new Map(all.map((id) => [id, 0]));
      const lookAgain = async (due: readonly Suspicion[]) => {
        for (const { id } of due) looks.set(id, (looks.get(id) ?? 0) + 1);
        const next = due.map((suspicion) => ({ ...suspicion, looks: suspicion.looks + 1 }));
        return next.filter(({ looks: soFar }) => soFar < 3);
      };
      let waiting: QueueOptions['waiting'] = all.map((id) => ({
        suspicion: suspicionOf(id),
        milliseconds: 1,
      }));
      for (const milliseconds of [...slices, 10_000]) {
        const ending = AbortSignal.timeout(milliseconds);
        const queue = suspicionQueue(lookAgain, { ...usual, delaySeconds: 0.02, ending, waiting });
        queue.close();
        await queue.run();
        waiting = JSON.parse(JSON.stringify(queue.left()));
      }
      expect(waiting).toEqual([]);
      expect([...looks.values()].every((count) => count === 3)).toBe(true);
    }),
    { numRuns: 20 },
  );
});

test('what was being looked at when a look failed is left', async () => {
  const queue = suspicionQueue(() => Promise.reject(new Error('no answer')), {
    ...usual,
    delaySeconds: 0.001,
  });
  await queue.add(['a', 'b'].map(suspicionOf));
  await sleep(5);
  await expect(queue.run()).rejects.toThrow('no answer');
  const left = queue.left().map(({ suspicion, milliseconds }) => [suspicion.id, milliseconds]);
  expect(left).toEqual([
    ['a', 0],
    ['b', 0],
  ]);
});

test('nothing is lost of what one lane looks at while another one fails', async () => {
  let looks = 0;
  const lookAgain = async () => {
    await sleep(++looks * 20);
    throw new Error('no answer');
  };
  const all = Array.from({ length: 150 }, (_, n) => suspicionOf(`${n}`));
  const queue = suspicionQueue(lookAgain, { ...usual, delaySeconds: 0.001 });
  await queue.add(all);
  await sleep(5);
  await expect(queue.run()).rejects.toThrow('no answer');
  expect(looks).toBe(2);
  expect(queue.left()).toHaveLength(150);
});
