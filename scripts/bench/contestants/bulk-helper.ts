import { Client } from '@opensearch-project/opensearch';
import { simpleChanges } from './records.ts';
import { serveEvents } from './serve.ts';

const clients = new Map<string, Client>();

const clientOf = (node: string): Client => {
  const client = clients.get(node) ?? new Client({ node });
  clients.set(node, client);
  return client;
};

const ABSENT = 404; // of a delete: it is as it should be

// The client's own bulk helper with its defaults, as its documentation shows it.
serveEvents(async (event, { url, index }) => {
  await clientOf(url).helpers.bulk({
    datasource: simpleChanges(event),
    onDocument: ({ id, version, document }) => {
      const metadata = { _index: index, _id: id, version, version_type: 'external_gte' } as const;
      return document === undefined ? { delete: metadata } : [{ index: metadata }, document];
    },
    onDrop: ({ status }) => {
      if (status !== ABSENT) throw new Error(`OpenSearch refused a record with ${status}`);
    },
  });
});
