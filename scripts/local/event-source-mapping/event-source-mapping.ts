import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from './clock.ts';
import { createMapping, type Invoke } from './mapping.ts';
import type { OnFailureObject } from './on-failure.ts';
import { completeSettings, type SettingsInput } from './settings.ts';
import { startShardDiscovery } from './shard-discovery.ts';
import type { StreamSource } from './source.ts';
import type { Statistics } from './statistics.ts';

/** What an event source mapping needs. */
export interface EventSourceMappingOptions {
  readonly source: StreamSource;
  readonly invoke: Invoke;
  readonly settings: SettingsInput;
  /** Stores a discarded batch; without it, discarded records are gone. */
  readonly onFailure?: (object: OnFailureObject) => Promise<void>;
  readonly clock?: Clock;
  /** Called whenever the statistics may have changed. */
  readonly onProgress?: (statistics: Statistics) => void;
  /** Called with the reason whenever the stream could not be read; it is read again a second later. */
  readonly onReadFailure?: (error: unknown) => void;
  readonly mappingUuid?: string;
  readonly functionArn?: string;
}

/** A running event source mapping. */
export interface EventSourceMapping {
  readonly statistics: Statistics;
  /** Resolves when every record that is in the stream now is settled or discarded. */
  drained(): Promise<void>;
  /** Reads and sends no more; resolves when the invocations under way are over. */
  stop(): Promise<void>;
}

/** Starts what Lambda does between a DynamoDB stream and a function; `docs/lambda-semantics.md` has the rules. */
export const startEventSourceMapping = (options: EventSourceMappingOptions): EventSourceMapping => {
  const mapping = createMapping({
    source: options.source,
    invoke: options.invoke,
    settings: completeSettings(options.settings),
    onFailure: options.onFailure,
    clock: options.clock ?? systemClock,
    onProgress: options.onProgress ?? (() => undefined),
    onReadFailure: options.onReadFailure ?? (() => undefined),
    mappingUuid: options.mappingUuid ?? randomUUID(),
    functionArn: options.functionArn ?? 'arn:aws:lambda:local:000000000000:function:function',
  });
  const discovery = startShardDiscovery(mapping);
  return {
    statistics: mapping.statistics,
    drained: async () => {
      const request = mapping.requestDrain();
      await mapping.until(() => discovery.isDrained(request));
    },
    stop: async () => {
      mapping.stop();
      await discovery.done;
    },
  };
};
