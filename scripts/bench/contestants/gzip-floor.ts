import { once } from 'node:events';
import { Agent } from 'node:http';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { requestBulk } from './bulk-request.ts';
import { serveBodies } from './serve.ts';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const compress = promisify(gzip);

// The floor, with bodies that are compressed as little as can be.
serveBodies(async (bodies, { url, index, query }) => {
  for (const body of bodies) {
    const compressed = await compress(body, { level: constants.Z_BEST_SPEED });
    const address = `${url}/${index}/_bulk${query}`;
    const answer = await requestBulk(address, compressed, agent, 'gzip');
    await once(answer.resume(), 'end');
  }
});
