import { expect, test } from 'vitest';
import { parseSince } from '../../../../scripts/operator/replay/since.ts';

const NOW = Date.UTC(2026, 2, 10, 12, 0, 0);

test.each([
  ['2026-03-01', '2026-03-01T00:00:00.000Z'],
  ['2026-03-01T14:30', '2026-03-01T14:30:00.000Z'],
  ['2026-03-01T14:30:15Z', '2026-03-01T14:30:15.000Z'],
  ['2026-03-01T14:30+02:00', '2026-03-01T12:30:00.000Z'],
  ['90m', '2026-03-10T10:30:00.000Z'],
  ['24h', '2026-03-09T12:00:00.000Z'],
  ['7d', '2026-03-03T12:00:00.000Z'],
])('%s is %s', (text, moment) => {
  expect(parseSince(text, NOW).toISOString()).toBe(moment);
});

test.each([
  '',
  'yesterday',
  '7',
  '7w',
  '-1d',
  '2026-13-01',
  '01.03.2026',
  '2026-03-01 14:30',
  '999999999999d',
])('"%s" is refused with what would be right', (text) => {
  expect(() => parseSince(text, NOW)).toThrow('say a day (2026-03-01)');
});
