import { expect, test } from 'vitest';
import { type CommandLine, readCommandLine } from '../../../scripts/operator/command-line.ts';
import { replay } from '../../../scripts/operator/replay/command.ts';
import { sampleCommands } from './sample-commands.ts';

const read = (...typed: readonly string[]): CommandLine =>
  readCommandLine(sampleCommands, typed, 80);

test('a command gets its arguments, and its options by their names and as values', () => {
  const line = read('count', 'Orders', 'Users', '--limit', '7', '--dry-run', '--parameter', 'p');
  expect(line).toMatchObject({
    kind: 'invocation',
    command: { name: 'count' },
    arguments: ['Orders', 'Users'],
    options: { limit: 7, dryRun: true },
    common: { parameter: 'p', region: undefined, profile: undefined, isJson: false },
  });
});

test('an option may be repeated, where it says so', () => {
  const typed = ['--table', 'Orders,Users', '--table', 'Carts', '--parameter', 'p'];
  expect(readCommandLine([replay], ['replay', ...typed], 80)).toMatchObject({
    options: { table: ['Orders', 'Users', 'Carts'] },
  });
});

test('an option that is not given has its default', () => {
  expect(read('count', '--parameter', 'p')).toMatchObject({ arguments: [], options: { limit: 3 } });
});

test('common options stand before the command as well as behind it', () => {
  const common = { parameter: 'p', region: 'eu-west-1', profile: 'shop', isJson: true };
  expect(
    read('--parameter', 'p', '--json', 'read', '--region=eu-west-1', '--profile', 'shop'),
  ).toMatchObject({ common });
});

test.each([
  ['count --parameter p --limit many', '--limit many: must be a whole number.'],
  ['count --parameter --json', '--parameter <name> wants a value and got --json'],
  ['cuont --parameter p', "Unknown command 'cuont': did you mean count?"],
  ['restore --parameter p', "Unknown command 'restore': see dynamodb-to-opensearch --help."],
  ['count --limt 3 --parameter p', "Unknown option '--limt': did you mean --limit?"],
  [
    'count --repair --parameter p',
    "Unknown option '--repair': see dynamodb-to-opensearch count --help.",
  ],
  [
    'read Orders --parameter p',
    'read takes no tables, but looks at all that there are; count can be told which.',
  ],
  [
    'count --parameter',
    '--parameter <name> wants a value: see dynamodb-to-opensearch count --help.',
  ],
  [
    'count',
    '--parameter is missing: name the SSM parameter that the module wrote, its output parameter_name (shop-prod-configuration where the module has name = "shop-prod").',
  ],
])('%s: is refused in a line that says what to do', (typed, text) => {
  expect(read(...typed.split(' '))).toEqual({ kind: 'text', status: 2, text: `${text}\n` });
});

test('tables behind a command that has an option for them are pointed there', () => {
  expect(readCommandLine([replay], ['replay', 'Orders', '--parameter', 'p'], 80)).toMatchObject({
    text: 'replay takes tables by an option: dynamodb-to-opensearch replay --table <name>.\n',
    status: 2,
  });
});

test('an empty parameter is none, and an empty region neither', () => {
  expect(read('count', '--parameter', '')).toMatchObject({ status: 2 });
  expect(read('count', '--parameter', 'p', '--region', '')).toMatchObject({
    common: { region: undefined },
  });
});

test.each(['--help', '-h', 'help'])('%s lists the commands', (typed) => {
  expect(read(typed)).toMatchObject({ status: 0, text: expect.stringContaining('\ncount ') });
});

test('nothing typed is a question for help, but nothing was done', () => {
  expect(read()).toMatchObject({ status: 2, text: expect.stringContaining('\ncount ') });
});

test.each([
  ['count', '--help'],
  ['help', 'count'],
  ['count', '--limit', '1', '-h'],
])('%s %s explains the command', (...typed) => {
  expect(read(...typed)).toMatchObject({ status: 0, text: expect.stringContaining('--dry-run') });
});

test('--version is that of the package', () => {
  expect(read('--version')).toMatchObject({
    status: 0,
    text: expect.stringMatching(/^\d+\.\d+\.\d+/),
  });
});
