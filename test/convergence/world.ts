import { randomUUID } from 'node:crypto';
import { parseConfiguration } from '../../function/src/configuration/parse.ts';
import { indexDefinition } from '../../function/src/opensearch/index-definition.ts';
import { askOpenSearch } from '../support/ask-opensearch.ts';
import { configurationText, secretArn } from './configuration.ts';
import { startFleet } from './fleet.ts';
import { type FollowedTable, followTable } from './followed-table.ts';
import type { History } from './history.ts';
import { type Operators, openOperators } from './operators.ts';
import { createStreamClock, type Setting } from './setting.ts';
import type { Site } from './site.ts';
import { openSurroundings } from './surroundings.ts';
import type { Tally } from './tally.ts';
import { startTimeline } from './timeline.ts';

/** Tables, the function that follows them, the operators beside it, and the weather around them. */
export type World = {
  readonly setting: Setting;
  readonly tables: readonly FollowedTable[];
  readonly operators: Operators;
  /** What must not be and was seen nevertheless. */
  readonly violations: readonly string[];
  readonly stop: () => Promise<void>;
};

/** Opens a world for a history. */
export const openWorld = async (history: History, site: Site, tally: Tally): Promise<World> => {
  const name = `world-${randomUUID().slice(0, 13)}`;
  const timeline = startTimeline();
  const violations: string[] = [];
  const duplicates = [...history.duplicates];
  // The fleet needs the addresses of the surroundings, and they the power to kill it.
  let kill = async (): Promise<void> => undefined;
  const surroundings = await openSurroundings({
    site,
    weather: history.weather,
    timeline,
    tally,
    kill: () => kill(),
  });
  const { urls, operatorsUrl } = surroundings;
  const fleet = startFleet({
    directory: site.functionDirectory,
    concurrency: history.concurrency,
    environment: {
      CONFIG_PARAMETER: name,
      AWS_ENDPOINT_URL: urls.aws,
      AWS_ENDPOINT_URL_DYNAMODB: urls.dynamoDB,
    },
  });
  kill = fleet.kill;
  const shapes = history.tables.map((shape, at) => [`${name}-${at}`, shape] as const);
  const configure = (parameter: string, endpoint: string): string => {
    const text = configurationText({ name, endpoint, refresh: history.refresh, tables: shapes });
    site.aws.parameters.set(parameter, [text]);
    return text;
  };
  site.aws.secrets.set(secretArn(name), '{"username":"sync","password":"secret"}');
  configure(`${name}-operators`, operatorsUrl);
  await createAliases(configure(name, urls.openSearch), shapes, site);
  const setting: Setting = {
    name,
    site,
    fleet,
    surroundings,
    clock: createStreamClock(),
    timeline,
    tally,
    nextDuplicates: () => duplicates.shift() ?? 0,
    onViolation: (error) => void violations.push(messageOf(error)),
  };
  const tables: FollowedTable[] = [];
  for (const [table, shape] of shapes)
    tables.push(await followTable({ name: table, shape, setting }));
  return {
    setting,
    tables,
    operators: await openOperators(`${name}-operators`),
    violations,
    stop: async () => {
      await Promise.all(tables.map((table) => table.stop()));
      await fleet.stop();
      await surroundings.stop();
      await remove(setting);
    },
  };
};

const createAliases = async (
  configuration: string,
  shapes: readonly (readonly [string, History['tables'][number]])[],
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

const remove = async ({ name, site }: Setting): Promise<void> => {
  await fetch(`${site.node.url}/${name}*`, { method: 'DELETE' });
  await fetch(`${site.node.url}/_index_template/${name}*`, { method: 'DELETE' });
  for (const key of site.aws.objects.keys())
    if (key.startsWith(`${name}/`)) site.aws.objects.delete(key);
  for (const parameter of [name, `${name}-operators`]) site.aws.parameters.delete(parameter);
  site.aws.secrets.delete(secretArn(name));
};

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
