import { expect, test } from 'vitest';
import { parseOptions, USAGE } from '../../../scripts/simulation/options.ts';
import { TRIAL_NAMES } from '../../../scripts/simulation/trials.ts';

test('all trials are simulated with a thousand shards unless something else is asked for', () => {
  expect(parseOptions([])).toMatchObject({ trials: TRIAL_NAMES, manners: ['ours'], shards: 1000 });
  expect(parseOptions(['slow', '--shards', '20'])).toMatchObject({ trials: ['slow'], shards: 20 });
});

test('manners can be held against each other', () => {
  const { manners } = parseOptions(['slow', '--manner', 'ours', '--manner', 'full pages']);
  expect(manners).toEqual(['ours', 'full pages']);
});

test.each([
  [['fast'], 'There is no trial "fast": overload, pressure, outage, silence, slow'],
  [['--manner', 'rude'], 'There is no manner "rude": ours, full pages,'],
  [['--manner', 'toString'], 'There is no manner "toString"'],
  [['--shards', '0'], '--shards must be a whole number from 1, not 0'],
  [['--patience', 'long'], '--patience must be a whole number from 1, not long'],
  [['--speed', '2'], "Unknown option '--speed'"],
])('%j is refused with a sentence', (commandLine, sentence) => {
  expect(() => parseOptions(commandLine)).toThrow(sentence);
});

test('every trial stands in the usage', () => {
  for (const name of TRIAL_NAMES) expect(USAGE).toContain(name);
});
