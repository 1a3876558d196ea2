import { refusalIn } from '../../core/answer.ts';
import type { Table } from '../../core/table.ts';
import { askOpenSearch } from './ask-open-search.ts';
import type { VerifyTools } from './verification.ts';

/** Has searches see everything that was written until now; OpenSearch Serverless does so by itself. */
export const refreshIndex = async ({ index }: Table, tools: VerifyTools): Promise<void> => {
  if (tools.isServerless) return;
  await askOpenSearch(
    {
      action: `refresh ${index}`,
      request: { method: 'POST', path: `/${encodeURIComponent(index)}/_refresh` },
      read: (answer) => {
        // An index that does not exist needs none.
        const isDone = answer.kind === 'answered' && [200, 404].includes(answer.status);
        return isDone
          ? { kind: 'read', value: undefined }
          : { kind: 'refused', refusal: refusalIn(answer) };
      },
    },
    tools,
  );
};
