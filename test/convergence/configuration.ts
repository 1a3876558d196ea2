import type { TableShape } from './history.ts';
import { MAPPINGS, WHERE } from './item.ts';
import { KEY_NAMES } from './keys.ts';

/** What the configuration of a world says. */
export type ConfigurationParts = {
  /** Of the bucket. */
  readonly name: string;
  readonly endpoint: string;
  readonly refresh: 'auto' | 'false';
  /** Names of the tables, which are those of their indexes, with their shapes. */
  readonly tables: readonly (readonly [string, TableShape])[];
};

/** The name of the secret with the password. */
export const secretArn = (name: string): string =>
  `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${name}`;

/** The configuration of a world's function or of its operators, as JSON text. */
export const configurationText = ({
  name,
  endpoint,
  refresh,
  tables,
}: ConfigurationParts): string =>
  JSON.stringify({
    endpoint,
    auth: { type: 'basic', secret_arn: secretArn(name) },
    refresh,
    dead_letter: { bucket: name, prefix: 'rejected/' },
    tables: Object.fromEntries(tables.map(([table, shape]) => [table, tableOf(table, shape)])),
  });

const tableOf = (index: string, { keyTypes, hasWhere }: TableShape): object => ({
  index,
  keys: keyTypes.map((type, at) => ({ name: KEY_NAMES[at], type })),
  mappings: MAPPINGS,
  ...(hasWhere && { where: WHERE }),
});
