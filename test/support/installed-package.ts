import { readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cached, type Environment } from '../../scripts/local/cache.ts';
import { run } from '../../scripts/local/command.ts';

/** A directory with a package.json and its lock file, and whether what it names may run its install scripts. */
export interface PackageToInstall {
  readonly directory: string;
  readonly scripts: 'run' | 'ignore';
}

/** Path of a copy of the directory in the cache with its packages installed, by `npm ci` the first time. */
export const installPackage = (
  { directory, scripts }: PackageToInstall,
  environment: Environment,
): Promise<string> => {
  const contents = packageFiles.map((name) => readFileSync(join(directory, name), 'utf8'));
  const entry = {
    name: basename(directory),
    recipe: [process.platform, process.arch, scripts, ...contents].join('\n'),
    fill: async (target: string) => {
      for (const name of packageFiles) await copyFile(join(directory, name), join(target, name));
      await npmCi(target, scripts, environment);
    },
  };
  return cached(entry, environment);
};

const packageFiles = ['package.json', 'package-lock.json'];

const npmCi = (
  directory: string,
  scripts: PackageToInstall['scripts'],
  environment: Environment,
): Promise<void> =>
  run({
    program: 'npm',
    arguments: [
      'ci',
      '--no-audit',
      '--no-fund',
      ...(scripts === 'ignore' ? ['--ignore-scripts'] : []),
    ],
    directory,
    environment: withoutOuterNpm(environment),
    missing:
      'npm installs what the tests compare with, and was not found in PATH: install Node.js with npm and run the command again.',
  });

/** The environment without what an npm script that runs the tests tells its children of its own package: npm would take that for theirs. */
export const withoutOuterNpm = (environment: Environment): Environment =>
  Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) => !/^npm_(package|lifecycle|config_local_prefix|config_prefix)/.test(name),
    ),
  );
