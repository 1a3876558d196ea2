import {
  type ExpectedDocument,
  type HeldDocument,
  readHeldDocuments,
} from '../../core/held-document.ts';
import type { Table } from '../../core/table.ts';
import { type Asking, askOpenSearch } from './ask-open-search.ts';

/** Holds documents, as they are now, against what they should be; in the order of what is expected. */
export const holdDocuments = (
  { index, pipeline }: Table,
  expected: readonly ExpectedDocument[],
  tools: Asking,
): Promise<readonly HeldDocument[]> =>
  askOpenSearch(
    {
      action: `return documents of ${index}`,
      request: {
        method: 'POST',
        path: `/${encodeURIComponent(index)}/_mget`,
        body: Buffer.from(JSON.stringify({ ids: expected.map(({ id }) => id) })),
      },
      read: (answer) =>
        readHeldDocuments(answer, expected, { mayHaveMore: pipeline !== undefined }),
    },
    tools,
  );
