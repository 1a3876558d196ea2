import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached, type Environment } from '../../scripts/local/cache.ts';
import { outputOf } from '../../scripts/local/command.ts';
import { startServer } from '../../scripts/local/process.ts';

/** A running moto server: many AWS services on the loopback interface, in memory. */
export interface Moto {
  readonly url: string;
  readonly processId: number;
  readonly stop: () => Promise<void>;
}

/** Starts moto, installed into the cache directory the first time; throws one sentence when Python is missing. */
export const startMoto = async (environment: Environment = process.env): Promise<Moto> => {
  const python = join(await virtualEnvironment(environment), 'bin/python');
  const server = await startServer({
    name: 'moto',
    program: python,
    arguments: [join(import.meta.dirname, 'moto_server.py'), '--host', '127.0.0.1', '--port', '0'],
    environment,
    announcement: /Running on http:\/\/([\d.:]+)/,
    readyTimeoutSeconds: 60,
    stopTimeoutSeconds: 5,
  });
  const stop = async (): Promise<void> => void (await server.stop());
  return { url: `http://${server.address}`, processId: server.processId, stop };
};

const requirements = join(import.meta.dirname, 'moto-requirements.txt');

const virtualEnvironment = async (environment: Environment): Promise<string> => {
  const version = await runPython(['--version'], environment);
  const entry = {
    name: 'moto',
    recipe: `${version}${process.platform} ${process.arch}\n${readFileSync(requirements, 'utf8')}`,
    fill: (directory: string) => installMoto(directory, environment),
  };
  return cached(entry, environment);
};

const installMoto = async (directory: string, environment: Environment): Promise<void> => {
  await runPython(['-m', 'venv', directory], environment);
  const install = ['-m', 'pip', 'install', '--quiet', '--requirement', requirements];
  await runPython(install, environment, join(directory, 'bin/python'));
};

const runPython = (
  parameters: readonly string[],
  environment: Environment,
  program = 'python3',
): Promise<string> =>
  outputOf({
    program,
    arguments: parameters,
    environment,
    missing:
      'The tests run against moto, a Python program, and no python3 was found in PATH: install it (apt-get install python3-venv, brew install python) and run the command again.',
  });
