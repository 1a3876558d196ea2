import type { Item } from '../../function/src/core/attribute-value.ts';
import {
  type EventSourceMapping,
  startEventSourceMapping,
} from '../../scripts/local/event-source-mapping/event-source-mapping.ts';
import { laneOf } from '../../scripts/local/event-source-mapping/lane-of.ts';
import type { OnFailureObject } from '../../scripts/local/event-source-mapping/on-failure.ts';
import {
  completeSettings,
  type SettingsInput,
} from '../../scripts/local/event-source-mapping/settings.ts';
import { askDynamoDB } from '../support/ask-dynamodb.ts';
import { createTable } from '../support/dynamodb-table.ts';
import type { TableShape } from './history.ts';
import { type Invocations, openInvocations } from './invocations.ts';
import { KEY_NAMES } from './keys.ts';
import { recordChange } from './record-change.ts';
import type { Setting } from './setting.ts';
import { createTableStream, type TableStream } from './table-stream.ts';
import { createTableWriter, type TableWriter } from './table-writer.ts';

/** A table of a world, its stream, and the mapping through which the function follows it. */
export type FollowedTable = {
  readonly name: string;
  readonly index: string;
  readonly shape: TableShape;
  readonly writer: TableWriter;
  readonly stream: TableStream;
  readonly invocations: Invocations;
  /** Counts of all its mappings, the present one and those before. */
  readonly totals: () => Totals;
  /** Resolves when every record of the stream is settled or discarded. */
  readonly drained: () => Promise<void>;
  /** Deletes the mapping and creates another one. */
  readonly followAnew: () => Promise<void>;
  /** Every item, read consistently. */
  readonly items: () => Promise<readonly Item[]>;
  readonly stop: () => Promise<void>;
};

/** What mappings have counted. */
export type Totals = {
  readonly settled: number;
  readonly discarded: number;
  readonly bisections: number;
  readonly lost: number;
};

/** What a followed table needs to know. */
export type FollowedTableParts = {
  readonly name: string;
  readonly shape: TableShape;
  readonly setting: Setting;
};

/** Creates a table, and has the function follow it. */
export const followTable = async (parts: FollowedTableParts): Promise<FollowedTable> => {
  const { name, shape, setting } = parts;
  const { dynamoDBUrl } = setting.site;
  const keys = shape.keyTypes.map((type, at) => ({ name: KEY_NAMES[at] ?? '', type }));
  await createTable(dynamoDBUrl, { name, keys });
  const stream = createTableStream(name, shape.viewType);
  const settings = settingsOf(shape);
  const invocations = openInvocations({
    ...setting,
    through: setting.surroundings.through,
    laneOf: lanesOf(stream, settings),
  });
  const start = (): EventSourceMapping =>
    startEventSourceMapping({
      source: stream.source,
      settings,
      invoke: invocations.invoke,
      onFailure: async (object) => keep(object, parts),
      onReadFailure: () => setting.tally.count('fault', 'stream that could not be read'),
    });
  const mappings = [start()];
  const present = () => mappings.at(-1) ?? start();
  const { write } = createTableWriter({
    dynamoDBUrl,
    name,
    shape,
    onChange: (change) => recordChange(change, stream, setting),
  });
  return {
    name,
    index: name,
    shape,
    stream,
    invocations,
    writer: { write },
    totals: () => totalsOf(mappings),
    drained: () => present().drained(),
    followAnew: async () => {
      await present().stop();
      invocations.forget();
      mappings.push(start());
    },
    items: async () =>
      JSON.parse(await askDynamoDB(dynamoDBUrl, 'Scan', { TableName: name, ConsistentRead: true }))
        .Items,
    stop: async () => {
      await present().stop();
      await askDynamoDB(dynamoDBUrl, 'DeleteTable', { TableName: name });
    },
  };
};

const settingsOf = ({ mapping }: TableShape): SettingsInput => ({
  ...mapping,
  startingPosition: 'TRIM_HORIZON',
  reportBatchItemFailures: true,
  undocumented: {
    ...mapping.undocumented,
    initialRetryDelayMilliseconds: 20,
    maximumRetryDelayMilliseconds: 200,
  },
});

const lanesOf = (stream: TableStream, input: SettingsInput) => {
  const settings = completeSettings(input);
  return (sequenceNumber: string): string => {
    const placed = stream.records.find(({ record }) => record.sequenceNumber === sequenceNumber);
    if (placed === undefined) throw new Error(`no record has the number ${sequenceNumber}`);
    return `${placed.shardId} ${laneOf(placed.record, settings)}`;
  };
};

const keep = ({ key, body }: OnFailureObject, { name, setting }: FollowedTableParts): void => {
  setting.tally.count('fault', 'batch given up by Lambda');
  setting.timeline.note('mapping', `a batch of ${name} is given up`);
  setting.site.aws.objects.set(`${setting.name}/${key}`, Buffer.from(body));
};

const totalsOf = (mappings: readonly EventSourceMapping[]): Totals => {
  const sum = (count: (statistics: EventSourceMapping['statistics']) => number) =>
    mappings.reduce((total, { statistics }) => total + count(statistics), 0);
  return {
    settled: sum(({ settled }) => settled),
    discarded: sum(({ discarded }) => discarded),
    bisections: sum(({ bisections }) => bisections),
    lost: sum(({ destinationDeliveryFailures }) => destinationDeliveryFailures),
  };
};
