import { scenarios } from './scenario.ts';

const INDEX_SETTINGS = { number_of_shards: 1, number_of_replicas: 0 };

/** The index in which a contestant keeps a scenario's documents. */
export const indexOf = (contestant: string, scenario: string): string =>
  `${contestant}-${scenario}`;

/** The function's configuration: a table and an index a scenario, requests signed as in production. */
export const configurationText = (endpoint: string): string =>
  JSON.stringify({
    endpoint,
    auth: { type: 'sigv4', service: 'es', region: 'eu-west-1' },
    dead_letter: { bucket: 'dead-letters', prefix: 'rejected/' },
    tables: Object.fromEntries(
      scenarios.map(({ name, table }) => [
        table,
        {
          index: indexOf('function', name),
          keys: [
            { name: 'customer', type: 'S' },
            { name: 'order', type: 'N' },
          ],
          settings: INDEX_SETTINGS,
        },
      ]),
    ),
  });
