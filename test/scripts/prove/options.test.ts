import { expect, test } from 'vitest';
import { parseOptions } from '../../../scripts/prove/options.ts';

test('without options it is an hour, on both versions', () => {
  expect(parseOptions([])).toMatchObject({
    minutes: 60,
    versions: ['3.8', '2.19'],
    atATime: 3,
    one: undefined,
    isPublishing: false,
  });
});

test('a seed repeats one history, on one version', () => {
  const options = parseOptions(['--seed', '7', '--path', '0:1', '--restarts']);
  expect(options).toMatchObject({
    one: { seed: 7, path: '0:1' },
    isRestarting: true,
    versions: ['3.8'],
  });
});

test.each([
  [['--minutes', 'long'], '--minutes must be a number, not long'],
  [['--at-a-time', '0'], '--at-a-time must be a whole number from 1 on, not 0'],
  [['--opensearch', '1.3'], '--opensearch knows 3.8 and 2.19, not 1.3'],
  [['--path', '0:1'], '--path needs the --seed it is of'],
])('%j is told as what it is', (commandLine, message) => {
  expect(() => parseOptions(commandLine)).toThrow(message);
});
