import { at, elementsOf, textOf } from '../../core/json-value.ts';
import type { Ask } from './ask.ts';
import { type Check, ok, skipped, warning, wrong } from './check.ts';

/** Checks the cluster's health, blocks and disks. */
export const checkCluster = async (ask: Ask): Promise<readonly Check[]> => {
  const settings = await ask({
    method: 'GET',
    path: '/_cluster/settings',
    query: {
      include_defaults: 'true',
      filter_path: '*.cluster.routing.allocation.disk,*.cluster.blocks',
    },
  });
  const known = settings.kind === 'success' ? settings.value : undefined;
  return [
    await checkHealth(ask),
    known === undefined
      ? skipped('blocks', 'the cluster’s settings may not be read')
      : checkClusterBlocks(known),
    await checkDisks(ask, known),
  ];
};

const HEADING = 'Records come again';

const checkHealth = async (ask: Ask): Promise<Check> => {
  const reply = await ask({ method: 'GET', path: '/_cluster/health' });
  if (reply.kind === 'refused') return skipped('health', 'the cluster’s health may not be read');
  const status = textOf(at(reply.value, 'status')) ?? 'unknown';
  const unassigned = textOf(at(reply.value, 'unassigned_shards')) ?? '0';
  switch (status) {
    case 'green':
      return ok('health', 'green');
    case 'yellow':
      return ok(
        'health',
        `yellow: ${unassigned} replicas have no node, all primary shards are there`,
      );
    default:
      return wrong(
        'health',
        `${status}: some index has a primary shard that is nowhere`,
        'Look which, and why:\n  GET /_cluster/allocation/explain',
        HEADING,
      );
  }
};

// A setting may be set until the next restart, for good, or not at all.
const SCOPES = ['transient', 'persistent', 'defaults'] as const;

/** A setting of the cluster, whichever scope has it; OpenSearch nests the names or leaves them flat. */
const setting = (settings: unknown, ...path: readonly string[]): string | undefined => {
  const found = SCOPES.map((scope) => textOf(at(settings, scope, 'cluster', ...path)));
  return found.find((value) => value !== undefined);
};

const checkClusterBlocks = (settings: unknown): Check => {
  const names = ['read_only', 'read_only_allow_delete'];
  const set = names.filter((name) => setting(settings, 'blocks', name) === 'true');
  return set.length === 0
    ? ok('blocks', 'the cluster takes writes')
    : wrong(
        'blocks',
        `the whole cluster is read-only (cluster.blocks.${set.join(', ')})`,
        `Find out who set it and why, then lift it:\n  PUT /_cluster/settings {"persistent":{"cluster.blocks.${set[0]}":null}}`,
        HEADING,
      );
};

const WATERMARKS = ['flood_stage', 'high', 'low'] as const;

const MEANING = {
  flood_stage: 'indexes on it become read-only',
  high: 'shards are moved away from it',
  low: 'it takes no further shards',
} as const;

type Disk = { readonly totalBytes: number; readonly freeBytes: number };

const checkDisks = async (ask: Ask, settings: unknown): Promise<Check> => {
  const query = { format: 'json', bytes: 'b', h: 'disk.avail,disk.total' };
  const reply = await ask({ method: 'GET', path: '/_cat/allocation', query });
  if (reply.kind === 'refused') return skipped('disks', 'disk use may not be read');
  const disks = elementsOf(reply.value)
    .map(diskOf)
    .filter(({ totalBytes }) => totalBytes > 0);
  const fullest = disks.sort((one, other) => freeShare(one) - freeShare(other))[0];
  if (fullest === undefined) return skipped('disks', 'no node tells of its disk');
  const used = `${Math.round((1 - freeShare(fullest)) * 100)} % of the fullest disk is used`;
  const passed = WATERMARKS.find((name) =>
    isPassed(fullest, setting(settings, 'routing', 'allocation', 'disk', 'watermark', name)),
  );
  if (passed === undefined) return ok('disks', used);
  const finding = `${used}, beyond the watermark ${passed}: ${MEANING[passed]}`;
  const cure = 'Add storage, or delete indexes.';
  return passed === 'flood_stage'
    ? wrong('disks', finding, cure, HEADING)
    : warning('disks', finding, cure, HEADING);
};

const diskOf = (node: unknown): Disk => ({
  totalBytes: Number(at(node, 'disk.total') ?? 0),
  freeBytes: Number(at(node, 'disk.avail') ?? 0),
});

const freeShare = ({ totalBytes, freeBytes }: Disk): number => freeBytes / totalBytes;

const UNITS = ['b', 'kb', 'mb', 'gb', 'tb', 'pb'];

/** A watermark is a share that may be used, `85%` or `0.85`, or an amount that has to be free, `10gb`. */
const isPassed = (disk: Disk, watermark: string | undefined): boolean => {
  const [, number, unit = ''] = /^([\d.]+)([a-z%]*)$/.exec(watermark ?? '') ?? [];
  if (number === undefined) return false;
  const power = UNITS.indexOf(unit);
  if (power >= 0) return disk.freeBytes < Number(number) * 1024 ** power;
  return 1 - freeShare(disk) > (unit === '%' ? Number(number) / 100 : Number(number));
};
