import { parseConfiguration } from '../../function/src/configuration/parse.ts';
import { indexDefinition } from '../../function/src/opensearch/index-definition.ts';
import { askOpenSearch } from '../support/ask-opensearch.ts';
import type { TableShape } from './history.ts';
import { MAPPINGS, WHERE } from './item.ts';
import { KEY_NAMES } from './keys.ts';
import type { Setting } from './setting.ts';
import type { Site } from './site.ts';

/** The name of a table, which is that of its index, and its shape. */
export type NamedShape = readonly [string, TableShape];

/** What a configuration says. */
export type ConfigurationParts = Pick<Setting, 'name' | 'site' | 'refresh'> & {
  readonly endpoint: string;
  readonly shapes: readonly NamedShape[];
};

/** Stores a configuration in a parameter, with the password that belongs to it; returns its text. */
export const configure = (parameter: string, parts: ConfigurationParts): string => {
  const { name, site, endpoint, refresh, shapes } = parts;
  const text = JSON.stringify({
    endpoint,
    auth: { type: 'basic', secret_arn: secretArn(name) },
    refresh,
    dead_letter: { bucket: name, prefix: 'rejected/' },
    tables: Object.fromEntries(shapes.map(([table, shape]) => [table, tableOf(table, shape)])),
  });
  site.aws.parameters.set(parameter, [text]);
  site.aws.secrets.set(secretArn(name), '{"username":"sync","password":"secret"}');
  return text;
};

/** The name of the secret with a world's password. */
export const secretArn = (name: string): string =>
  `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${name}`;

const tableOf = (index: string, { keyTypes, hasWhere }: TableShape): object => ({
  index,
  keys: keyTypes.map((type, at) => ({ name: KEY_NAMES[at], type })),
  mappings: MAPPINGS,
  ...(hasWhere && { where: WHERE }),
});

/** Creates an index behind an alias for each table that is to have one. */
export const createAliases = async (
  configuration: string,
  shapes: readonly NamedShape[],
  { node }: Site,
): Promise<void> => {
  const { tables } = parseConfiguration(configuration, 'the configuration', 'eu-west-1');
  for (const [name, { index }] of shapes) {
    const table = tables.get(name);
    if (index !== 'alias' || table === undefined) continue;
    const body = { ...indexDefinition(table), aliases: { [name]: {} } };
    await askOpenSearch(node.url, 'PUT', `/${name}-first`, body);
  }
};
