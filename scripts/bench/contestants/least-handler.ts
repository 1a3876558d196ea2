import { once } from 'node:events';
import { Agent } from 'node:http';
import { requestBulk } from './bulk-request.ts';
import { serveEventsWithBodies } from './serve.ts';

const agent = new Agent({ keepAlive: true, maxSockets: 2 });

// What no handler of events can do without: it parses the event, and then has the bodies for nothing, which it
// sends all at once, as the function does with its halves. Nothing is signed, judged, counted or reported.
serveEventsWithBodies(async (event, bodies, { url, index, query }) => {
  JSON.parse(event);
  await Promise.all(
    bodies.map(async (body) => {
      const answer = await requestBulk(`${url}/${index}/_bulk${query}`, body, agent);
      await once(answer.resume(), 'end');
    }),
  );
});
