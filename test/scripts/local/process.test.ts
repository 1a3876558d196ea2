import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import {
  type ServerCommand,
  type ServerProcess,
  startServer,
} from '../../../scripts/local/process.ts';
import { processEnds, processExists } from '../../support/process-exists.ts';

const announcing = 'console.log("listening on 127.0.0.1:80"); setInterval(() => {}, 1000);';

const commandOf = (program: string, options: Partial<ServerCommand> = {}): ServerCommand => ({
  name: 'The server',
  program: process.execPath,
  arguments: ['--eval', program],
  environment: process.env,
  announcement: /^listening on (\S+)$/,
  readyTimeoutSeconds: 10,
  stopTimeoutSeconds: 10,
  ...options,
});

const start = async (
  program: string,
  options: Partial<ServerCommand> = {},
): Promise<ServerProcess> => {
  const server = await startServer(commandOf(program, options));
  onTestFinished(async () => void (await server.stop()));
  return server;
};

test('a server is ready when it has announced its address, and gone when it was stopped', async () => {
  const server = await start(announcing);
  expect(server.address).toBe('127.0.0.1:80');
  expect(processExists(server.processId)).toBe(true);
  expect(await server.stop()).toBe('ended');
  expect(processExists(server.processId)).toBe(false);
});

test('a server that does not end when asked is killed', async () => {
  const program = `process.on('SIGTERM', () => {}); ${announcing}`;
  const server = await start(program, { stopTimeoutSeconds: 0.2 });
  expect(await server.stop()).toBe('killed');
  expect(processExists(server.processId)).toBe(false);
});

test('stopping twice, or what has already ended, does no harm', async () => {
  const server = await start(`${announcing} setTimeout(() => process.exit(), 100);`);
  await processEnds(server.processId, 5);
  expect(await Promise.all([server.stop(), server.stop()])).toEqual(['ended', 'ended']);
});

test('a server that ends before it is ready is an error with the end of its output', async () => {
  const program = 'for (let i = 0; i < 100; i++) console.error("line " + i); process.exitCode = 3;';
  const error = await startServer(commandOf(program)).catch(String);
  expect(error).toMatch(/The server ended with 3 before it was ready:\nline 60\n.*\nline 99$/s);
});

test('a server that is never ready is stopped', async () => {
  const program = 'console.log(process.pid); setInterval(() => {}, 1000);';
  const error = await startServer(commandOf(program, { readyTimeoutSeconds: 0.5 })).catch(String);
  const processId = Number(/was not ready after 0.5 s:\n(\d+)$/.exec(String(error))?.[1]);
  expect(processExists(processId)).toBe(false);
});

test('a program that does not exist is an error with its name', async () => {
  await expect(startServer(commandOf('', { program: '/nowhere/java' }))).rejects.toThrow(
    /The server could not be started \(.*\/nowhere\/java/,
  );
});

test('the temporary directory goes when the server is gone', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'test-'));
  writeFileSync(join(directory, 'data'), '');
  const server = await start(announcing, { temporaryDirectory: directory });
  await server.stop();
  expect(existsSync(directory)).toBe(false);
});

test('a parent that exits without stopping its server takes it along', async () => {
  const parent = parentOfServer('process.exit()', announcing);
  await processEnds(await parent.serverProcessId, 5);
});

test('a parent that is killed closes the standard input of its server', async () => {
  const program = `process.stdin.on('end', () => process.exit()).resume(); ${announcing}`;
  const parent = parentOfServer('setInterval(() => {}, 1000)', program);
  const serverProcessId = await parent.serverProcessId;
  parent.kill();
  await processEnds(serverProcessId, 5);
});

/** Another Node process that starts a server, prints its process id, and then runs `afterwards`. */
const parentOfServer = (afterwards: string, program: string) => {
  const module = join(import.meta.dirname, '../../../scripts/local/process.ts');
  const { announcement: _, ...command } = commandOf(program);
  const script = `
    import { startServer } from ${JSON.stringify(module)};
    const command = ${JSON.stringify({ ...command, environment: {} })};
    const server = await startServer({ ...command, announcement: /^listening on (\\S+)$/ });
    console.log(server.processId);
    ${afterwards}`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = once(createInterface({ input: parent.stdout }), 'line');
  return {
    serverProcessId: line.then(([text]) => Number(text)),
    kill: () => parent.kill('SIGKILL'),
  };
};
