import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Environment } from '../../scripts/local/cache.ts';
import { directoryOfFile } from './temporary-directory.ts';
import { type MachineRun, readMachineRun } from './terraform-messages.ts';
import { runTerraform, type TerraformRun, terraformEnvironment } from './terraform-program.ts';

/** A root module to work on, in a copy of its own. */
export type RootModule = {
  /** Its directory below the repository, such as `envs/prod`; a new one where there is none. */
  readonly path: string;
  /** Written into it, text by name: `terraform.tfvars`, or all of a root module of the test's own. */
  readonly files?: { readonly [name: string]: string };
  /** Over an environment that reaches no AWS, such as `AWS_ENDPOINT_URL`. */
  readonly environment?: Environment;
};

/** A copy of a root module, and of all it refers to, in which terraform may be run. */
export type Workspace = {
  /** Absolute path of the root module's copy. */
  readonly directory: string;
  /** Runs any command of terraform. */
  readonly run: (...parameters: readonly string[]) => Promise<TerraformRun>;
  /** Runs `init`; throws with what terraform says when it fails. */
  readonly init: (...parameters: readonly string[]) => Promise<void>;
  /** Runs `plan`, saved for `show`; exit code 0: nothing to do, 1: impossible, 2: changes. */
  readonly plan: (...parameters: readonly string[]) => Promise<MachineRun>;
  readonly apply: (...parameters: readonly string[]) => Promise<MachineRun>;
  readonly destroy: (...parameters: readonly string[]) => Promise<MachineRun>;
  /** The last plan as JSON: https://developer.hashicorp.com/terraform/internals/json-format */
  readonly show: () => Promise<unknown>;
  /** Writes a file into the root module's copy. */
  readonly write: (name: string, text: string) => void;
};

const REPOSITORY = join(import.meta.dirname, '../..');

/** What root modules refer to: the module with its archive, and each other's neighbours. */
const COPIED = ['modules', 'envs', 'examples'];

/** Whether a file or directory is what somebody leaves behind who works there, their own variables included. */
export const isLeftover = (path: string): boolean =>
  /^(\.terraform(\..*)?|.*\.tfstate(\..*)?|.*\.tfplan|.*\.tfvars(\.json)?)$/.test(basename(path));

/**
 * Copies a root module out of the repository, where terraform would leave its files, to be removed
 * after the test file. It is not initialised yet.
 *
 * @example
 * const { init, plan } = await openWorkspace({ path: 'envs/prod', files: { 'terraform.tfvars': … } });
 * await init('-backend=false');
 * const { exitCode, problems } = await plan();
 */
export const openWorkspace = async (root: RootModule): Promise<Workspace> => {
  const environment = await terraformEnvironment(root.environment ?? {});
  const directory = join(copyOfModules(), root.path);
  mkdirSync(directory, { recursive: true });
  const write = (name: string, text: string) => writeFileSync(join(directory, name), text);
  for (const [name, text] of Object.entries(root.files ?? {})) write(name, text);
  const run = (...parameters: readonly string[]) =>
    runTerraform(directory, parameters, environment);
  const succeed = async (...parameters: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await run(...parameters);
    if (exitCode === 0) return stdout;
    throw new Error(
      `terraform ${parameters.join(' ')} ended with ${exitCode}:\n${stdout}${stderr}`,
    );
  };
  const runForMachine = async (...parameters: readonly string[]): Promise<MachineRun> =>
    readMachineRun(await run(...parameters));
  return {
    directory,
    write,
    run,
    init: async (...parameters) =>
      void (await succeed('init', '-input=false', '-no-color', ...parameters)),
    plan: (...parameters) =>
      runForMachine('plan', ...FOR_MACHINE, '-detailed-exitcode', `-out=${PLAN}`, ...parameters),
    apply: (...parameters) =>
      runForMachine('apply', ...FOR_MACHINE, '-auto-approve', ...parameters),
    destroy: (...parameters) =>
      runForMachine('destroy', ...FOR_MACHINE, '-auto-approve', ...parameters),
    show: async () => JSON.parse(await succeed('show', '-json', PLAN)),
  };
};

const FOR_MACHINE = ['-json', '-input=false'];
const PLAN = 'test.tfplan';

const copyOfModules = (): string => {
  const copy = directoryOfFile('terraform');
  for (const name of COPIED) {
    cpSync(join(REPOSITORY, name), join(copy, name), {
      recursive: true,
      filter: (path) => !isLeftover(path),
    });
  }
  return copy;
};
