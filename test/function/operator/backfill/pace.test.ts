import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { rateOf } from '../../../../function/src/operator/backfill/rate.ts';
import { widthOf } from '../../../../function/src/operator/backfill/width.ts';

const { signal } = new AbortController();

test('without a rate nothing is waited for', async () => {
  expect(await rateOf(undefined).take(signal)).toBeUndefined();
});

test('those who share a rate take turns', async () => {
  const rate = rateOf(40);
  const started = performance.now();
  const taken = await Promise.all(Array.from({ length: 4 }, () => rate.take(signal)));
  expect(taken).toEqual([10, 10, 10, 10]);
  expect(performance.now() - started).toBeGreaterThan(700); // the first turn begins at once
});

test('what was not read is given back', async () => {
  const rate = rateOf(1);
  expect(await rate.take(signal)).toBe(1);
  rate.giveBack(1);
  const started = performance.now();
  await rate.take(signal);
  expect(performance.now() - started).toBeLessThan(500);
});

test('whoever waits for a turn can be told to stop', async () => {
  const rate = rateOf(0.1);
  await rate.take(signal);
  await expect(rate.take(AbortSignal.timeout(50))).rejects.toThrow();
});

test('a complaint halves the width, several at once count as one', () => {
  const width = widthOf(8);
  expect(width.isWidest()).toBe(true);
  for (let complaint = 0; complaint < 3; complaint++) width.narrow();
  expect(width.now()).toBe(4);
  expect(width.isWidest()).toBe(false);
});

test('it never narrows to nothing, and widens slowly to what it was', () => {
  const width = widthOf(2);
  width.narrow();
  expect(width.now()).toBe(1);
  let pages = 0;
  for (; !width.isWidest(); pages++) width.widen();
  expect(pages).toBeGreaterThan(4);
  expect(width.now()).toBe(2);
});

test('no more may enter than it is wide; whoever leaves makes room', async () => {
  const width = widthOf(1);
  await width.enter(signal);
  let isInside = false;
  const second = width.enter(signal).then(() => {
    isInside = true;
  });
  await sleep(150);
  expect(isInside).toBe(false);
  width.leave();
  await second;
  expect(isInside).toBe(true);
});
