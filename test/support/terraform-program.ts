import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cached, type Environment } from '../../scripts/local/cache.ts';
import { findProviderMirror } from './provider-mirror.ts';
import { directoryOfFile } from './temporary-directory.ts';

/** What a run of terraform came to. */
export type TerraformRun = {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
};

/** Runs terraform in a directory, whatever it comes to; throws one sentence with the cure where there is none. */
export const runTerraform = (
  directory: string,
  parameters: readonly string[],
  environment: Environment,
): Promise<TerraformRun> =>
  new Promise((resolve, reject) => {
    const child = spawn('terraform', parameters, {
      cwd: directory,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // It ends its providers before itself; killed, it would leave them behind.
    const endNow = () => void child.kill('SIGTERM');
    process.on('exit', endNow);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (cause) => reject(new Error(MISSING, { cause })));
    child.on('close', (code) => {
      process.off('exit', endNow);
      const [out, err] = [stdout, stderr].map((chunks) => Buffer.concat(chunks).toString());
      resolve({ exitCode: code ?? -1, stdout: out ?? '', stderr: err ?? '' });
    });
  });

const MISSING =
  'The tests of the module run terraform, which was not found in PATH: install the version in .terraform-version (https://developer.hashicorp.com/terraform/install) and run the command again.';

/**
 * The environment in which terraform meets nothing of this machine: no profile, no variable and no
 * configuration of somebody's own, so that a test can never reach a real account. `own` comes on top.
 */
export const terraformEnvironment = async (own: Environment): Promise<Environment> => ({
  ...withoutOwnSettings(process.env),
  TF_CLI_CONFIG_FILE: await cliConfiguration(),
  ...ISOLATED,
  ...own,
});

const ISOLATED: Environment = {
  CHECKPOINT_DISABLE: '1',
  TF_IN_AUTOMATION: '1',
  // The provider reads its schemas and ends: a third of that would be garbage collection.
  GOGC: '400',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_REGION: 'eu-west-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  // Nobody listens there, wherever a test forgets to say who does.
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
};

const withoutOwnSettings = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !/^(AWS|TF)_/.test(name)));

/** Path of the CLI configuration: it names the one place where providers come from. */
const cliConfiguration = (): Promise<string> => {
  written ??= writeCliConfiguration();
  return written;
};

let written: Promise<string> | undefined; // once a test file

const writeCliConfiguration = async (): Promise<string> => {
  const mirror = findProviderMirror() ?? (await fetchedProviders());
  const path = join(directoryOfFile('terraform-cli'), 'terraform.tfrc');
  writeFileSync(
    path,
    `provider_installation {
  filesystem_mirror {
    path = ${JSON.stringify(mirror)}
  }
}
`,
  );
  return path;
};

const REQUIREMENT = readFileSync(
  join(import.meta.dirname, '../../modules/sync/versions.tf'),
  'utf8',
);

/**
 * The provider from the registry, unpacked into the cache the first time: what terraform leaves in a
 * plugin cache is laid out as a mirror. A plugin cache itself may not be used by two at the same time.
 */
const fetchedProviders = (): Promise<string> =>
  cached(
    {
      name: 'terraform-providers',
      recipe: `${process.platform} ${process.arch}\n${REQUIREMENT}`,
      fill: async (directory) => {
        const root = mkdtempSync(join(tmpdir(), 'terraform-providers-'));
        try {
          writeFileSync(join(root, 'versions.tf'), REQUIREMENT);
          const environment = { ...process.env, TF_PLUGIN_CACHE_DIR: directory };
          const { exitCode, stderr } = await runTerraform(root, ['init'], environment);
          if (exitCode !== 0) throw new Error(`terraform could not fetch the provider:\n${stderr}`);
        } finally {
          rmSync(root, { recursive: true, force: true });
        }
      },
    },
    process.env,
  );
