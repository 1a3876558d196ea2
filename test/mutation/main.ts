import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { MutantResult } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import { counted } from '../../scripts/terminal/figures.ts';
import { mutantLines } from './mutant-lines.ts';
import { CORE, strykerOptions } from './options.ts';
import { type Alive, reconcile } from './reconcile.ts';
import { survivors } from './survivors.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Has Stryker mutate the core, and demands that a test kills each mutant, or that the table explains it. */
const main = async (names: readonly string[]): Promise<void> => {
  const results = await new Stryker(strykerOptions(names)).runMutationTest();
  const files = new Set(results.map(fileOf));
  const alive = results.filter(isAlive).map(described);
  const { unexplained, idle } = reconcile(alive, survivors, files);
  for (const { file, line, mutant } of unexplained)
    print(`\nno test kills ${CORE}${file}:${line}\n  ${mutant}`);
  for (const { file, mutant, why } of idle)
    print(`\nexplained, but dead: ${CORE}${file}\n  ${mutant}\n  ${why}`);
  print(summary(results, alive.length - unexplained.length));
  if (unexplained.length + idle.length > 0) {
    print('Write a test that fails for each, or explain it in test/mutation/survivors.ts.');
    process.exitCode = 1;
  }
};

const fileOf = ({ fileName }: MutantResult): string => relative(CORE, fileName);

const isAlive = ({ status }: MutantResult): boolean =>
  status === 'Survived' || status === 'NoCoverage';

const described = (mutant: MutantResult): Alive => ({
  file: fileOf(mutant),
  line: mutant.location.start.line,
  mutant: mutantLines(readFileSync(mutant.fileName, 'utf8'), mutant),
});

const summary = (results: readonly MutantResult[], explained: number): string => {
  const byStatus = Object.entries(Object.groupBy(results, ({ status }) => status))
    .map(([status, mutants]) => `${mutants.length} ${status}`)
    .join(', ');
  return `\n${counted(results.length, 'mutant')}: ${byStatus}; ${explained} explained`;
};

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
