import { expect, test } from 'vitest';
import { clockOf, createVirtualTime } from '../../../scripts/simulation/virtual-time.ts';

test('what is due is done in the order of its time, and then of its asking, at whole milliseconds', async () => {
  const time = createVirtualTime();
  const done: string[] = [];
  const note = (name: string) => () => done.push(`${name} at ${time.now()}`);
  time.after(20, note('late'));
  time.after(9.2, note('first'));
  time.after(10, note('second'));
  await time.passUntil(21);
  expect(done).toEqual(['first at 10', 'second at 10', 'late at 20']);
});

test('time stands still while promises still have something to do', async () => {
  const time = createVirtualTime();
  const seen: number[] = [];
  void (async () => {
    await time.wait(5);
    for (let turn = 0; turn < 1000; turn++) await undefined;
    seen.push(time.now());
    await time.wait(0);
    seen.push(time.now());
  })();
  await time.passUntil(100);
  expect(seen).toEqual([5, 5]);
  expect(time.now()).toBe(100);
});

test('what is cancelled is not done', async () => {
  const time = createVirtualTime();
  let isDone = false;
  const cancel = time.after(5, () => {
    isDone = true;
  });
  cancel();
  await time.passUntil(10);
  expect(isDone).toBe(false);
});

test('an event source mapping waits in virtual time, or until it is told to stop', async () => {
  const time = createVirtualTime();
  const clock = clockOf(time, 1000);
  const stop = new AbortController();
  const ends: number[] = [];
  const end = () => ends.push(clock.nowEpochMilliseconds());
  void clock.wait(30, new AbortController().signal).then(end);
  void clock.wait(30, stop.signal).then(end);
  time.after(10, () => stop.abort());
  await time.passUntil(50);
  expect(ends).toEqual([1010, 1030]);
});
