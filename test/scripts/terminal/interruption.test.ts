import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { listenForInterruption } from '../../../scripts/terminal/interruption.ts';

beforeEach(
  () => void vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] }),
);
afterEach(() => void vi.useRealTimers());

/** A process of its own, to be told things. */
const messenger = (env: NodeJS.ProcessEnv = {}) =>
  Object.assign(new EventEmitter(), { ppid: 7, env });

const isSettled = async (promise: Promise<void>): Promise<boolean> =>
  Promise.race([promise.then(() => true), new Promise(setImmediate).then(() => false)]);

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s is a wish to end', async (signal) => {
  const us = messenger();
  const { wished } = listenForInterruption(() => undefined, us);
  expect(await isSettled(wished)).toBe(false);
  us.emit(signal);
  expect(await isSettled(wished)).toBe(true);
});

test('the echo of a Ctrl-C that npm sends forces nothing, a second Ctrl-C does', () => {
  const us = messenger();
  const force = vi.fn();
  listenForInterruption(force, us);
  us.emit('SIGINT');
  vi.advanceTimersByTime(50);
  us.emit('SIGINT');
  expect(force).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1_000);
  us.emit('SIGINT');
  expect(force).toHaveBeenCalledOnce();
});

test('under npm, the end of the parent is a wish to end', async () => {
  const us = messenger({ npm_lifecycle_event: 'start' });
  const { wished } = listenForInterruption(() => undefined, us);
  vi.advanceTimersByTime(5_000);
  expect(await isSettled(wished)).toBe(false);
  us.ppid = 1;
  vi.advanceTimersByTime(1_000);
  expect(await isSettled(wished)).toBe(true);
});

test('without npm, whoever started us may go', async () => {
  const us = messenger();
  const { wished } = listenForInterruption(() => undefined, us);
  us.ppid = 1;
  vi.advanceTimersByTime(5_000);
  expect(await isSettled(wished)).toBe(false);
});
