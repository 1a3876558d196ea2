import type { Item } from '../../function/src/core/attribute-value.ts';
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
import { type Mappings, startMappings } from './mappings.ts';
import { recordChange } from './record-change.ts';
import type { Setting } from './setting.ts';
import type { Write } from './step.ts';
import { createTableStream, type TableStream } from './table-stream.ts';
import { createTableWriter } from './table-writer.ts';

/** A table of a world, its stream, and the mappings through which the function follows it. */
export type FollowedTable = Pick<Mappings, 'totals' | 'drained'> & {
  readonly name: string;
  readonly index: string;
  readonly shape: TableShape;
  readonly stream: TableStream;
  readonly invocations: Invocations;
  readonly write: (write: Write) => Promise<void>;
  /** Deletes the mapping and creates another one. */
  readonly followAnew: () => Promise<void>;
  /** Every item, read consistently. */
  readonly items: () => Promise<readonly Item[]>;
  readonly stop: () => Promise<void>;
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
  const { invocations, mappings } = follow(stream, parts);
  return {
    ...mappings,
    name,
    index: name,
    shape,
    stream,
    invocations,
    write: createTableWriter({
      dynamoDBUrl,
      name,
      shape,
      onChange: (change) => recordChange(change, stream, setting),
    }),
    followAnew: async () => {
      await mappings.stop();
      invocations.forget();
      mappings.renew();
    },
    items: () => itemsOf(name, dynamoDBUrl),
    stop: async () => {
      await mappings.stop();
      await askDynamoDB(dynamoDBUrl, 'DeleteTable', { TableName: name });
    },
  };
};

const follow = (stream: TableStream, parts: FollowedTableParts) => {
  const { setting } = parts;
  const settings = settingsOf(parts.shape);
  const invocations = openInvocations({
    ...setting,
    through: setting.surroundings.through,
    laneOf: lanesOf(stream, settings),
  });
  const mappings = startMappings({
    source: stream.source,
    settings,
    invoke: invocations.invoke,
    onFailure: async (object) => keep(object, parts),
    onReadFailure: () => setting.tally.count('fault', 'stream that could not be read'),
  });
  return { invocations, mappings };
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

const itemsOf = async (name: string, dynamoDBUrl: string): Promise<readonly Item[]> => {
  const scan = { TableName: name, ConsistentRead: true };
  return JSON.parse(await askDynamoDB(dynamoDBUrl, 'Scan', scan)).Items;
};
