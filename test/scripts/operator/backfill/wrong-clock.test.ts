import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectIndexToEqualTable } from '../../../function/operator/backfill/backfilled.ts';
import { resultOf } from '../../../support/command-result.ts';
import { hammer } from '../../../support/hammer.ts';
import { manyItems, putItems } from '../../../support/items.ts';
import { type OperatorStage, openOperatorStage } from '../../../support/operator-stage.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

let stage: OperatorStage;

beforeAll(async () => {
  stage = await openOperatorStage({ openSearch: '2.19', tables: { quiet: {} } });
  await putItems(stage, manyItems(1000));
  await putItems(stage, manyItems(10), 'quiet');
  await stage.openStreams();
});

afterAll(() => stage.stop());

const COMMAND = join(import.meta.dirname, '../../../../dist/dynamodb-to-opensearch.cjs');

/** Runs the backfill in a process whose clock is wrong by so many seconds. */
const backfillWithClock = (secondsOff: number) => {
  const directory = temporaryDirectory();
  const clock = join(directory, 'clock.cjs');
  const wrongDate = `const { now } = Date; Date = class extends Date {
    constructor(...parts) { parts.length ? super(...parts) : super(Date.now()); }
    static now() { return now() + ${secondsOff * 1000}; }
  };`;
  writeFileSync(clock, wrongDate);
  const words = ['backfill', '--all', '--state', directory, '--parameter', 'configuration'];
  return resultOf(
    spawn(process.execPath, ['--require', clock, COMMAND, ...words], {
      env: process.env, // the stage has put its addresses there
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
};

test.each([300, -300])(
  'on a machine whose clock is wrong by %d seconds the index becomes equal to the table all the same, while it changes',
  async (secondsOff) => {
    const mapping = await stage.follow();
    const keys = manyItems(100).map(({ pk }) => pk?.S ?? '');
    const writer = hammer(stage, keys);
    expect(await backfillWithClock(secondsOff)).toMatchObject({ status: 0, stderr: '' });
    await writer.stop();
    await mapping.drained();
    await mapping.stop();
    await expectIndexToEqualTable(stage);
    // What nobody changes has the version of its read, by DynamoDB's clock.
    await expectIndexToEqualTable(stage, { suffix: 'quiet' });
    const [{ version } = { version: 0 }] = (
      await stage.documents(stage.table('quiet').index)
    ).values();
    const age = Date.now() / 1000 - Number(version) / 1_000_000;
    expect(age).toBeGreaterThan(55);
    expect(age).toBeLessThan(120);
  },
  60_000,
);
