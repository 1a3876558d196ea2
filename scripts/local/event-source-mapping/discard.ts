import type { Mapping } from './mapping.ts';
import { type Discard, onFailureObject } from './on-failure.ts';

/** Gives records up: they go to the on-failure destination, if there is one and it takes them. */
export const discard = async (
  mapping: Mapping,
  discarded: Pick<Discard, 'delivery' | 'condition' | 'shardId' | 'lastResult'>,
): Promise<void> => {
  const { statistics, source, clock, mappingUuid, functionArn } = mapping;
  const object = onFailureObject({
    ...discarded,
    mappingUuid,
    functionArn,
    streamArn: source.streamArn,
    atEpochMilliseconds: clock.nowEpochMilliseconds(),
  });
  try {
    await mapping.onFailure?.(object);
  } catch {
    statistics.destinationDeliveryFailures += 1;
  }
  statistics.discarded += discarded.delivery.records.length;
  mapping.changed();
};
