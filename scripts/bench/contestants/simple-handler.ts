import { Agent } from 'node:http';
import { text } from 'node:stream/consumers';
import { requestBulk } from './bulk-request.ts';
import { type SimpleChange, simpleChanges } from './records.ts';
import { serveEvents } from './serve.ts';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

// What most people write first: JSON.parse, unmarshall, JSON.stringify, one bulk request, one look at its answer.
serveEvents(async (event, { url, index }) => {
  const body = simpleChanges(event).map(linesOf).join('');
  const answer = await text(await requestBulk(`${url}/${index}/_bulk`, body, agent));
  if (JSON.parse(answer).errors !== false) throw new Error('OpenSearch refused a record');
});

const linesOf = ({ id, version, document }: SimpleChange): string => {
  const metadata = { _id: id, version, version_type: 'external_gte' };
  return document === undefined
    ? `${JSON.stringify({ delete: metadata })}\n`
    : `${JSON.stringify({ index: metadata })}\n${JSON.stringify(document)}\n`;
};
