import { type Change, type Malformed, readRecord } from './change.ts';
import type { DeliveriesByTable } from './event.ts';
import { foldByKey } from './fold.ts';
import { JsonWriter } from './json-writer.ts';
import { composeChanges, type Operation, type Reread } from './operation.ts';

/** What an event asks for: a document to change, an item to read, or a record to set aside. */
export type Step = Operation | Reread | Malformed;

/** What an event asks for, folded per key, table by table. A step is composed when it is drawn. */
export function* stepsOf(deliveries: DeliveriesByTable): Generator<Step> {
  const writer = new JsonWriter();
  for (const ofTable of deliveries.values()) {
    const changes: Change[] = [];
    for (const delivery of ofTable) {
      const read = readRecord(delivery);
      if (read.kind === 'change') changes.push(read);
      else yield read;
    }
    for (const ofKey of foldByKey(changes)) {
      const { next, malformed } = composeChanges(ofKey, writer);
      yield* malformed;
      if (next !== undefined) yield next;
    }
  }
}
