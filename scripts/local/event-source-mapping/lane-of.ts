import type { Settings } from './settings.ts';
import type { StreamRecord } from './source.ts';

/** Which of the concurrent batches of its shard a record belongs to; always the same one for the same item. */
export const laneOf = (
  record: StreamRecord,
  { parallelizationFactor, undocumented }: Settings,
): number =>
  hash(undocumented.concurrencyKey === 'item' ? record.itemKey : record.partitionKey) %
  parallelizationFactor;

// FNV-1a: AWS does not say which hash it takes; any that spreads will do.
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
};
