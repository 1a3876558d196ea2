import { randomUUID } from 'node:crypto';
import { configure, createAliases, type NamedShape } from './configuration.ts';
import { startFleet } from './fleet.ts';
import { type FollowedTable, followTable } from './followed-table.ts';
import type { History } from './history.ts';
import { type Operators, openOperators } from './operators.ts';
import { removeTraces } from './remove-traces.ts';
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
  const violations: string[] = [];
  const setting = await openSetting(history, {
    name: `world-${randomUUID().slice(0, 13)}`,
    site,
    tally,
    timeline: startTimeline(),
    clock: createStreamClock(),
    onViolation: (error) =>
      void violations.push(error instanceof Error ? error.message : String(error)),
  });
  const shapes = history.tables.map((shape, at): NamedShape => [`${setting.name}-${at}`, shape]);
  const operatorsParameter = `${setting.name}-operators`;
  configure(operatorsParameter, {
    ...setting,
    shapes,
    endpoint: setting.surroundings.operatorsUrl,
  });
  const { openSearch: endpoint } = setting.surroundings.urls;
  await createAliases(configure(setting.name, { ...setting, shapes, endpoint }), shapes, site);
  const tables: FollowedTable[] = [];
  for (const [name, shape] of shapes) tables.push(await followTable({ name, shape, setting }));
  return {
    setting,
    tables,
    operators: await openOperators(operatorsParameter),
    violations,
    stop: async () => {
      await Promise.all(tables.map((table) => table.stop()));
      await setting.fleet.stop();
      await setting.surroundings.stop();
      await removeTraces(setting);
    },
  };
};

type SettingParts = Omit<Setting, 'fleet' | 'surroundings' | 'nextDuplicates' | 'refresh'>;

const openSetting = async (history: History, parts: SettingParts): Promise<Setting> => {
  // The fleet needs the addresses of the surroundings, and they the power to kill it.
  let kill = async (): Promise<void> => undefined;
  const { weather, concurrency, refresh } = history;
  const surroundings = await openSurroundings({ ...parts, weather, kill: () => kill() });
  const fleet = startFleet({
    directory: parts.site.functionDirectory,
    concurrency,
    environment: {
      CONFIG_PARAMETER: parts.name,
      AWS_ENDPOINT_URL: surroundings.urls.aws,
      AWS_ENDPOINT_URL_DYNAMODB: surroundings.urls.dynamoDB,
    },
  });
  kill = fleet.kill;
  const duplicates = [...history.duplicates];
  const nextDuplicates = () => duplicates.shift() ?? 0;
  return { ...parts, refresh, surroundings, fleet, nextDuplicates };
};
