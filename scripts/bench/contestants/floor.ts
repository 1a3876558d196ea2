import { once } from 'node:events';
import { Agent } from 'node:http';
import { requestBulk } from './bulk-request.ts';
import { serveBodies } from './serve.ts';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

// The least that can be done: ready-made bodies, one after the other, and the answer read to its end but not looked at.
serveBodies(async (bodies, { url, index, query }) => {
  for (const body of bodies) {
    const answer = await requestBulk(`${url}/${index}/_bulk${query}`, body, agent);
    await once(answer.resume(), 'end');
  }
});
