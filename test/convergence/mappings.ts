import {
  type EventSourceMapping,
  type EventSourceMappingOptions,
  startEventSourceMapping,
} from '../../scripts/local/event-source-mapping/event-source-mapping.ts';

/** The event source mappings of one table: the present one, and those before. */
export type Mappings = {
  readonly totals: () => Totals;
  /** Resolves when every record of the stream is settled or discarded. */
  readonly drained: () => Promise<void>;
  /** Deletes the present one. */
  readonly stop: () => Promise<void>;
  /** Creates another one in its place, which begins where the stream does. */
  readonly renew: () => void;
};

/** What mappings have counted, all together. */
export type Totals = {
  readonly settled: number;
  readonly discarded: number;
  readonly bisections: number;
  /** Discarded batches that the bucket did not take. */
  readonly lost: number;
};

/** Starts the first mapping of a table. */
export const startMappings = (options: EventSourceMappingOptions): Mappings => {
  let present = startEventSourceMapping(options);
  const all: EventSourceMapping[] = [present];
  const sum = (count: (statistics: EventSourceMapping['statistics']) => number) =>
    all.reduce((total, { statistics }) => total + count(statistics), 0);
  return {
    totals: () => ({
      settled: sum(({ settled }) => settled),
      discarded: sum(({ discarded }) => discarded),
      bisections: sum(({ bisections }) => bisections),
      lost: sum(({ destinationDeliveryFailures }) => destinationDeliveryFailures),
    }),
    drained: () => present.drained(),
    stop: () => present.stop(),
    renew: () => {
      present = startEventSourceMapping(options);
      all.push(present);
    },
  };
};
