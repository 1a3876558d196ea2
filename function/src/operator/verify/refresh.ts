import type { Answer } from '../../core/answer.ts';
import type { ReadAnswer } from '../../core/held-document.ts';
import type { Refusal } from '../../core/judge.ts';
import type { Table } from '../../core/table.ts';
import { askOpenSearch } from './ask-open-search.ts';
import type { IndexReading } from './index-parts.ts';
import { isMissing, readAs } from './read-answer.ts';

/** Has searches see everything that was written until now; OpenSearch Serverless does so by itself. */
export const refreshIndex = async ({ index }: Table, tools: IndexReading): Promise<void> => {
  if (tools.isServerless) return;
  await askOpenSearch(
    {
      action: `refresh ${index}`,
      request: { method: 'POST', path: `/${encodeURIComponent(index)}/_refresh` },
      read: readRefresh,
    },
    tools,
  );
};

type RefreshAnswer = {
  readonly _shards: { readonly successful: number; readonly failed: number };
};

const readRefresh = (answer: Answer): ReadAnswer<undefined> => {
  if (isMissing(answer)) return { kind: 'read', value: undefined }; // an index that does not exist needs none
  const shards = readAs(answer, ({ _shards: { successful, failed } }: RefreshAnswer) => ({
    successful,
    failed,
  }));
  if (shards.kind === 'refused') return shards;
  // A copy that is not assigned counts neither as successful nor as failed.
  const isDone = shards.value.failed === 0 && shards.value.successful > 0;
  return isDone ? { kind: 'read', value: undefined } : { kind: 'refused', refusal: UNREFRESHED };
};

const UNREFRESHED: Refusal = {
  status: 503,
  type: 'refresh_failed',
  reason: 'not every shard was refreshed, so that searches may miss documents',
};
