import type { Sabotage } from '../sabotage.ts';

const BULK_TEST = 'test/function/opensearch/bulk.test.ts';

/** Of what OpenSearch's answers mean. */
export const outcomes: readonly Sabotage[] = [
  {
    what: 'an error of one item is dropped',
    file: 'function/src/opensearch/bulk.ts',
    replace: 'judgement: judgeItem(operation, item, nowMilliseconds)',
    by: "judgement: { kind: 'written' as const }",
    caughtBy: { file: BULK_TEST, named: 'comes again, with what follows it, when' },
  },
  {
    what: 'what OpenSearch rejects is taken for written',
    file: 'function/src/verdicts.ts',
    replace: 'reject(ledger, operation, verdict.refusal);',
    by: "settle(ledger, operation, 'written');",
    caughtBy: { file: BULK_TEST, named: 'is dead-lettered after' },
  },
  {
    what: 'a request without an answer is taken for written',
    file: 'function/src/opensearch/bulk.ts',
    replace: 'return judgePage(page, read, options);',
    by: `if (answer.kind === 'unanswered') return judgeAll(page, { kind: 'written' });
  return judgePage(page, read, options);`,
    caughtBy: { file: BULK_TEST, named: 'does not pass' },
  },
  {
    what: 'an answer that is no JSON is taken for written',
    file: 'function/src/opensearch/bulk.ts',
    replace: "if (answer.kind === 'again') return judgeAll(page, answer);",
    by: `if (answer.kind === 'again')
    return judgeAll(page, answer.refusal.status === 200 ? { kind: 'written' } : answer);`,
    caughtBy: { file: BULK_TEST, named: 'does not pass' },
  },
  {
    what: 'an item that is throttled is dead-lettered',
    file: 'function/src/core/judge.ts',
    replace: '  status === 429 ||\n',
    by: '',
    caughtBy: { file: BULK_TEST, named: 'is sent again alone after' },
  },
  {
    what: 'an item that is forbidden is dead-lettered',
    file: 'function/src/core/judge.ts',
    replace: '  status === 403 ||\n',
    by: '',
    caughtBy: { file: BULK_TEST, named: 'is sent again alone after' },
  },
  {
    what: 'what does not pass at once is sent no second time',
    file: 'function/src/delivery.ts',
    replace: 'operations = [...left.again, ...read.again];',
    by: 'operations = read.again;',
    caughtBy: { file: BULK_TEST, named: 'is sent again' },
  },
  {
    what: 'a request that is too large is rejected as a whole',
    file: 'function/src/opensearch/bulk.ts',
    replace: 'const parts = halves(page);',
    by: "const parts = answer.kind === 'too_large' ? undefined : halves(page);",
    caughtBy: { file: BULK_TEST, named: 'a request that is too large' },
  },
  {
    what: 'a bad request is rejected as a whole',
    file: 'function/src/opensearch/bulk.ts',
    replace: 'const parts = halves(page);',
    by: "const parts = answer.kind === 'bad_request' ? undefined : halves(page);",
    caughtBy: { file: BULK_TEST, named: 'a request that is a bad one' },
  },
  {
    what: 'a half of a page is forgotten',
    file: 'function/src/opensearch/bulk.ts',
    replace: 'return [...(await sendPage(first, options)), ...(await sendPage(second, options))];',
    by: "return [...(await sendPage(first, options)), ...judgeAll(second, { kind: 'written' })];",
    caughtBy: { file: BULK_TEST, named: 'a request that is too large' },
  },
  {
    what: 'what the cluster is to blame for is dead-lettered',
    file: 'function/src/core/judge.ts',
    replace:
      "if (status === 400 && isNotTheDocument(refusal)) return { kind: 'hopeless', refusal };\n",
    by: '',
    caughtBy: { file: 'test/function/opensearch/refusals.test.ts', named: 'come again' },
  },
  {
    what: 'what sending again does not mend is sent again and again',
    file: 'function/src/verdicts.ts',
    replace: 'hopeless.add(operation);',
    by: 'again.push(operation);',
    caughtBy: { file: BULK_TEST, named: 'comes again and is asked for once only because of' },
  },
  {
    what: 'ten documents that are all refused alone are dead-lettered',
    file: 'function/src/core/judge.ts',
    replace: 'const MOST_GUILTY_OPERATIONS = 9;',
    by: 'const MOST_GUILTY_OPERATIONS = 10;',
    caughtBy: { file: BULK_TEST, named: 'comes again when ten documents' },
  },
  {
    what: 'documents that were refused alone are decided on page by page',
    file: 'function/src/delivery.ts',
    replace: 'doubted = left.doubted;',
    by: 'doubted = [];',
    caughtBy: {
      file: BULK_TEST,
      named: 'is dead-lettered when the other documents turn out well later',
    },
  },
  {
    what: 'an index that is missing is taken for one in which the document is written',
    file: 'function/src/core/judge.ts',
    replace: "(status === 404 && operation.action === 'delete')",
    by: 'status === 404',
    caughtBy: {
      file: 'test/function/opensearch/index-preparation.test.ts',
      named: 'where OpenSearch makes no index by itself',
    },
  },
];
