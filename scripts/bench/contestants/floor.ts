import { once } from 'node:events';
import { requestBulk } from './bulk-request.ts';
import { serveBodies } from './serve.ts';

// The least that can be done: ready-made bodies, one after the other, and the answer read to its end but not looked at.
serveBodies(async (bodies, { url, index, query }) => {
  for (const body of bodies) {
    const answer = await requestBulk(`${url}/${index}/_bulk${query}`, body);
    await once(answer.resume(), 'end');
  }
});
