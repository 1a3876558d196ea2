import type { Answer } from '../../core/answer.ts';
import type { ReadAnswer } from '../../core/held-document.ts';
import type { Refusal } from '../../core/judge.ts';
import type { Table } from '../../core/table.ts';
import { type Asking, askOpenSearch } from './ask-open-search.ts';
import { isMissing, readAs } from './read-answer.ts';
import type { VerifyTools } from './verification.ts';

/** What it takes to read an index. */
export type IndexReading = Asking & Pick<VerifyTools, 'isServerless' | 'ending'>;

/** A part of an index that is enumerated by itself: a shard, or all of it where shards cannot be told apart. */
export type IndexPart = { readonly shard: number | undefined };

/** The parts of the table's index; none where it does not exist. */
export const partsOfIndex = async (
  { index }: Table,
  tools: IndexReading,
): Promise<readonly IndexPart[]> => {
  if (tools.isServerless) return [{ shard: undefined }];
  const path = `/${encodeURIComponent(index)}/_search_shards`;
  const shards = await askOpenSearch(
    { action: `tell the shards of ${index}`, request: { method: 'GET', path }, read: readShards },
    tools,
  );
  if (new Set(shards.map((shard) => shard.index)).size > 1)
    throw new Error(
      `${index} is an alias of several indexes, which OpenSearch reads no single document from: let it name one`,
    );
  return shards.map(({ shard }) => ({ shard }));
};

type Shard = { readonly index: string; readonly shard: number };

// An index that is not there has no shards, or is not there to be asked for them.
const readShards = (answer: Answer): ReadAnswer<readonly Shard[]> => {
  if (isMissing(answer)) return { kind: 'read', value: [] };
  const read = readAs(
    answer,
    ({ shards = [] }: { readonly shards?: readonly (readonly Shard[])[] }) => shards,
  );
  if (read.kind === 'refused') return read;
  const shards = read.value.flatMap(([copy]) => copy ?? []);
  return shards.length === read.value.length
    ? { kind: 'read', value: shards }
    : { kind: 'refused', refusal: UNREADABLE_SHARD };
};

// It may come back. Until it does, nobody can tell what documents it holds.
const UNREADABLE_SHARD: Refusal = {
  status: 503,
  type: 'no_shard_available',
  reason: 'a shard has no copy that works, the index is red',
};
