import { KEYS } from './item.ts';
import { type Scenario, scenarios } from './scenario.ts';

const INDEX_SETTINGS = { number_of_shards: 1, number_of_replicas: 0 };

/** The index in which a contestant keeps a scenario's documents. */
export const indexOf = (contestant: string, scenario: string): string =>
  `${contestant}-${scenario}`;

/** What of a configuration is not the usual. */
export interface ConfigurationParts {
  /** Whose indexes are written to. */
  readonly contestant?: string;
  readonly scenarios?: readonly Scenario[];
  /** Over the usual configuration. */
  readonly overrides?: object;
  /** Over the usual configuration of each table. */
  readonly tableOverrides?: object;
}

/** The function's configuration: a table and an index a scenario, requests signed as in production. */
export const configurationText = (endpoint: string, parts: ConfigurationParts = {}): string =>
  JSON.stringify({
    endpoint,
    auth: { type: 'sigv4', service: 'es', region: 'eu-west-1' },
    dead_letter: { bucket: 'dead-letters', prefix: 'rejected/' },
    tables: Object.fromEntries(
      (parts.scenarios ?? scenarios).map(({ name, table }) => [
        table,
        {
          index: indexOf(parts.contestant ?? 'function', name),
          keys: KEYS,
          settings: INDEX_SETTINGS,
          ...parts.tableOverrides,
        },
      ]),
    ),
    ...parts.overrides,
  });
