import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseOptions } from '../../../scripts/cost/options.ts';

const COMMAND = join(import.meta.dirname, '../../../scripts/cost.ts');

const run = (...options: readonly string[]) =>
  spawnSync(process.execPath, [COMMAND, ...options], { encoding: 'utf8' });

test('npm run cost answers machines with --json', () => {
  const { stdout, stderr } = run('--changes-per-day', '1000000', '--json');
  expect(stderr).toBe('');
  const { plan, totals } = JSON.parse(stdout);
  expect(plan).toMatchObject({ changesPerDay: 1_000_000, region: 'us-east-1' });
  expect(totals.ours).toBeGreaterThan(totals.idle);
}, 120_000);

test('what cannot be understood is answered by one sentence and the usage, with status 2', () => {
  const { status, stderr, stdout } = run('--changes-per-day', 'lots');
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(
    /^--changes-per-day must be a whole number from 0 to \d+, not "lots"\n\nnpm run cost/,
  );
}, 120_000);

describe('an option', () => {
  test.each([
    [[], 'Say how much there is to do: --changes-per-day 1000000'],
    [['--changes-per-day', '-1'], "'--changes-per-day' argument is ambiguous"],
    [['--changes-per-day', ''], '--changes-per-day must be a whole number from 0'],
    [['--changes-per-day', '1', '--item-size', '500000'], '--item-size must be a whole number'],
    [['--changes-per-day', '1', '--tables', '0'], '--tables must be a whole number from 1'],
    [['--changes-per-day', '1', '--active-hours', '25'], 'from 1 to 24, not "25"'],
    [['--changes-per-day', '1', '--window', '1.5'], 'from 0 to 300, not "1.5"'],
    [['--changes-per-day', '1', '--architecture', 'arm'], 'must be arm64 or x86_64, not arm'],
    [['--changes-per-day', '1', '--region', 'moon-1'], 'no prices for --region moon-1, only for'],
    [['--changes-per-day', '1', '--region', 'toString'], 'no prices for --region toString'],
    [['--speed', '9'], "Unknown option '--speed'"],
  ])('that makes no sense is told as such: %j', (options, sentence) => {
    expect(() => parseOptions(options)).toThrow(sentence);
  });

  test('that is left out is as in modules/sync', () => {
    expect(parseOptions(['--changes-per-day', '7'])?.plan).toMatchObject({
      batchSize: 500,
      windowSeconds: 0,
      memoryMegabytes: 512,
      architecture: 'arm64',
    });
  });

  test('asks for help without anything else', () => {
    expect(parseOptions(['--help'])).toBeUndefined();
  });
});
