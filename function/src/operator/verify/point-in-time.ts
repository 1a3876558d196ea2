import type { ReadAnswer } from '../../core/held-document.ts';
import type { Table } from '../../core/table.ts';
import type { Request } from '../../opensearch/connection.ts';
import { OpenSearchRefusal } from '../open-search-refusal.ts';
import { askOpenSearch } from './ask-open-search.ts';
import type { IndexPart, IndexReading } from './index-parts.ts';
import { isMissing, readAs } from './read-answer.ts';

/** How long OpenSearch keeps a point in time from page to page. */
export const KEEP_ALIVE = '10m';

/** Opens a point in time of a part of the index; undefined where there is no such index. */
export const openPointInTime = async (
  { index }: Table,
  { shard }: IndexPart,
  tools: IndexReading,
): Promise<string | undefined> => {
  const preference = shard === undefined ? {} : { preference: `_shards:${shard}` };
  const request: Request = {
    method: 'POST',
    path: `/${encodeURIComponent(index)}/_search/point_in_time`,
    query: { keep_alive: KEEP_ALIVE, allow_partial_pit_creation: 'false', ...preference },
  };
  return askOpenSearch(
    {
      action: `open a point in time of ${index}`,
      request,
      read: (answer): ReadAnswer<string | undefined> =>
        isMissing(answer)
          ? { kind: 'read', value: undefined }
          : readAs(answer, ({ pit_id }: { readonly pit_id: string }) => pit_id),
    },
    tools,
  );
};

/** Has OpenSearch forget a point in time. It ends by itself after a while: whether this succeeds is no matter. */
export const closePointInTime = async (
  pointInTime: string,
  { send }: IndexReading,
): Promise<void> => {
  const body = json({ pit_id: [pointInTime] });
  await send({ method: 'DELETE', path: '/_search/point_in_time', body }, 5000);
};

/** Whether a point in time is gone: it was closed, expired, or its node has left. */
export const isLost = (error: unknown): boolean =>
  error instanceof OpenSearchRefusal && error.refusal?.status === 404;

/** A body of JSON. */
export const json = (value: object): Buffer => Buffer.from(JSON.stringify(value));
