import { MOST_KEYS } from '../aws/items.ts';
import { withUnreadableImage } from '../core/change.ts';
import { JsonWriter } from '../core/json-writer.ts';
import { composeItem, type DocumentState, type Operation, type Reread } from '../core/operation.ts';
import { isIndexed } from '../core/where.ts';
import type { DeliveryTools, SettleRereads } from '../delivery.ts';
import { rejectMalformed, settle } from '../ledger.ts';
import { readDocumentStates } from '../opensearch/document-states.ts';
import { type Found, rereadItems } from '../reread.ts';
import type { Left } from '../verdicts.ts';
import { writingVersion } from './read-time.ts';

/**
 * Makes documents equal to what the table holds now, for those who are not in the order of the keys:
 * first the state of the document, then the item, then a write that OpenSearch refuses if the document
 * is no longer in that state. A document that does not exist is created at the time of the read, less
 * what clocks may differ by, so that any change that came later wins.
 */
export const settleByState: SettleRereads = async (rereads, tools) => {
  const again: Operation[] = [];
  const left: Reread[] = [];
  for (const ofTable of Map.groupBy(rereads, ({ table }) => table).values()) {
    for (let start = 0; start < ofTable.length; start += MOST_KEYS) {
      const settled = await settleChunk(ofTable.slice(start, start + MOST_KEYS), tools);
      again.push(...settled.again);
      left.push(...settled.rereads);
    }
  }
  return { again, rereads: left };
};

const settleChunk = async (rereads: readonly Reread[], tools: DeliveryTools): Promise<Left> => {
  const [first] = rereads;
  const timeoutMilliseconds = tools.deadline.forWork();
  if (first === undefined || timeoutMilliseconds === 0) return { again: [], rereads };
  const ids = rereads.map(({ id }) => id);
  const read = await readDocumentStates(first.table, ids, { ...tools, timeoutMilliseconds });
  if (read.kind === 'refused') {
    tools.ledger.refusals.set(first.table, read.refusal);
    return { again: [], rereads };
  }
  const { found, unread } = await rereadItems(rereads, tools); // after the states, never before
  const writer = new JsonWriter();
  const again = found.flatMap((each) =>
    compose(each, read.states.get(each.reread.id), writer, tools),
  );
  return { again, rereads: unread };
};

const compose = (
  { reread, item, readTime }: Found,
  state: DocumentState | undefined,
  writer: JsonWriter,
  { ledger }: DeliveryTools,
): readonly Operation[] => {
  const isWanted = item !== undefined && isIndexed(item, reread.table);
  const changes = reread.changes.map((change) => ({ ...change, image: item })); // what a rejection is about
  const target = state
    ? { ...reread, changes, unchangedSince: state }
    : { ...reread, changes, version: writingVersion(readTime) };
  const operation = composeItem(target, item, writer);
  if (operation === undefined) {
    for (const change of reread.changes) rejectMalformed(ledger, withUnreadableImage(change));
    return [];
  }
  if (state !== undefined || isWanted) return [operation];
  settle(ledger, operation, 'written'); // neither item nor document
  return [];
};
