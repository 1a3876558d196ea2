import { parseArgs } from 'node:util';
import { cleanupAtExit } from '../../scripts/bench/cleanup.ts';
import { offerSharedServers } from '../support/shared-servers.ts';
import { heading, row, summary } from './lines.ts';
import { SERVERS_URL } from './provide-servers.ts';
import { build, isTyped, runTests } from './run-tests.ts';
import type { Sabotage } from './sabotage.ts';
import { sabotages } from './table.ts';
import { unsoundness, type Verdict, verdictOf } from './verdict.ts';
import { type WorkingCopy, workingCopy } from './working-copy.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Makes each defect of the table in turn, and demands that the tests which are named for it notice. */
const main = async (chosen: readonly Sabotage[]): Promise<void> => {
  const cleanup = cleanupAtExit();
  const servers = await offerSharedServers();
  cleanup.add(servers.stop);
  const copy = await workingCopy({ ...process.env, [SERVERS_URL]: servers.url });
  cleanup.add(copy.remove);
  try {
    await assertSound(copy, chosen);
    const verdicts: Verdict[] = [];
    for (const sabotage of chosen) {
      const started = performance.now();
      const verdict = await verdictOn(sabotage, copy);
      verdicts.push(verdict);
      print(row(sabotage, verdict, performance.now() - started));
    }
    print(summary(verdicts));
    if (verdicts.some(({ kind }) => kind !== 'caught')) process.exitCode = 1;
  } finally {
    await cleanup.run();
  }
};

/** Without a sabotage every test passes: otherwise its failure would prove nothing. */
const assertSound = async (copy: WorkingCopy, chosen: readonly Sabotage[]): Promise<void> => {
  const files = [...new Set(chosen.map(({ caughtBy }) => caughtBy.file))];
  print(heading(chosen.length, files.length));
  if (!(await isTyped(copy))) throw new Error('The types must be right before anything is broken.');
  await build(copy);
  const problems = unsoundness(await runTests(copy, files));
  if (problems.length > 0)
    throw new Error(`The tests must pass before anything is broken:\n${problems.join('\n')}`);
};

const verdictOn = (sabotage: Sabotage, copy: WorkingCopy): Promise<Verdict> =>
  copy.during(sabotage, async () => {
    if (!(await isTyped(copy))) return { kind: 'unclear', why: 'the compiler notices it' };
    try {
      await build(copy);
    } catch (error) {
      return { kind: 'unclear', why: `it cannot be built: ${error}` };
    }
    const { file, named } = sabotage.caughtBy;
    return verdictOf(await runTests(copy, [file], named));
  });

const { positionals } = parseArgs({ allowPositionals: true });
const chosen = sabotages.filter(({ what, file }) =>
  positionals.every((word) => `${file} ${what}`.includes(word)),
);
if (chosen.length === 0) throw new Error(`No sabotage has ${positionals.join(' and ')} in it.`);
main(chosen).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
