import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';

/** An address that answers nothing, not even that it takes a connection: as outside of a VPC without a route. */
export type UnreachableServer = { readonly url: string; readonly stop: () => void };

const LISTEN = `const server = require('node:net').createServer();
server.listen({ host: '127.0.0.1', port: 0, backlog: 1 }, () => console.log(server.address().port));`;

// More than a backlog of 1 holds, so that no further connection is taken.
const WAITING_CONNECTIONS = 8;

/** Starts a process that listens, stops it where it stands, and fills the queue before it. */
export const startUnreachableServer = async (): Promise<UnreachableServer> => {
  const child = spawn(process.execPath, ['-e', LISTEN], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output] = await once(child.stdout, 'data');
  const port = Number(String(output));
  child.kill('SIGSTOP');
  const waiting = Array.from({ length: WAITING_CONNECTIONS }, () => connect(port, '127.0.0.1'));
  for (const socket of waiting) socket.on('error', () => undefined).unref();
  const stop = () => {
    for (const socket of waiting) socket.destroy();
    child.kill('SIGKILL');
  };
  return { url: `http://127.0.0.1:${port}`, stop };
};
