import { expect, test } from 'vitest';
import {
  forgetsTooSoon,
  rememberLonger,
} from '../../../function/src/operator/memory-of-deletions.ts';

test.each(['59s', '59999ms', '0.9m', '0', '-1', '0s'])('%s is too short', (gcDeletes) => {
  expect(forgetsTooSoon(gcDeletes)).toBe(true);
});

test.each(['60s', '1m', '60000ms', '1h', '1d', undefined])('%s is long enough', (gcDeletes) => {
  expect(forgetsTooSoon(gcDeletes)).toBe(false);
});

test('the request can be pasted', () => {
  expect(rememberLonger('orders')).toBe('PUT /orders/_settings {"index.gc_deletes":"60s"}');
});
