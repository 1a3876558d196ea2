import type { Bill } from './bill.ts';
import { HOURS, type Plan } from './plan.ts';
import type { Prices } from './prices.ts';

// "Each compute unit can support up to 2 MiB per second", of a pipeline with one source, one simple processor and a sink.
// https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ingestion-scaling.html
const BYTES_PER_SECOND_OF_UNIT = 2 * 2 ** 20;

// Between two reads of a shard, in Data Prepper's source `dynamodb`, which OpenSearch Ingestion runs (stream/ShardConsumer.java).
const READ_INTERVAL_SECONDS = 0.3;

/** What OpenSearch Ingestion takes in a month for the same tables: a pipeline each, which has one source. */
export const ingestionBill = (plan: Plan, prices: Prices): Bill => {
  const { tables, shards, activeHours, changesPerDay, itemKilobytes } = plan;
  const bytesPerSecond = (changesPerDay * itemKilobytes * 1000) / tables / (activeHours * 3600);
  const units = Math.max(1, Math.ceil(bytesPerSecond / BYTES_PER_SECOND_OF_UNIT));
  const unitHours = tables * ((activeHours / 24) * units + (1 - activeHours / 24)) * HOURS;
  return [
    {
      title: 'OpenSearch Ingestion',
      charges: [
        { what: `Pipelines of ${units} OCU`, quantity: unitHours, price: prices.ingestionUnit },
        {
          what: 'DynamoDB: stream reads',
          quantity: (tables * shards * HOURS * 3600) / READ_INTERVAL_SECONDS,
          price: prices.streamRead,
        },
        ...snapshotOf(plan, prices),
      ],
    },
  ];
};

// What is in the tables already comes by an export, and that from the backup that has to stay on.
const snapshotOf = ({ items, itemKilobytes }: Plan, prices: Prices) =>
  items === 0
    ? []
    : [
        {
          what: 'DynamoDB: point-in-time recovery',
          quantity: (items * itemKilobytes) / 1e6,
          price: prices.tableRecovery,
        },
      ];
