import { beforeEach, expect, test, vi } from 'vitest';
import { speedMeter } from '../../../scripts/operator/speed.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  return () => void vi.useRealTimers();
});

test('the speed is that of the last twenty seconds', () => {
  const speed = speedMeter();
  expect(speed(1000)).toBe(0);
  for (let second = 1; second <= 30; second++) {
    vi.advanceTimersByTime(1000);
    expect(speed(1000 + second * 50)).toBe(50);
  }
  vi.advanceTimersByTime(10_000);
  expect(speed(2500)).toBe(25);
  vi.advanceTimersByTime(21_000);
  expect(speed(2500)).toBe(0);
});

test('a first moment exaggerates nothing', () => {
  const speed = speedMeter();
  speed(0);
  vi.advanceTimersByTime(10);
  expect(speed(40)).toBe(40);
});
