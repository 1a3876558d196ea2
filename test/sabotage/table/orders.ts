import type { Sabotage } from '../sabotage.ts';

const REREAD_TEST = 'test/function/reread.test.ts';
const LANES_TEST = 'test/function/opensearch/lanes.test.ts';

/** Of the order of changes: versions, folding, pages that are on their way at once. */
export const orders: readonly Sabotage[] = [
  {
    what: 'a version that is equal is refused',
    file: 'function/src/core/operation.ts',
    replace: '"version_type":"external_gte"',
    by: '"version_type":"external"',
    caughtBy: { file: REREAD_TEST },
  },
  {
    what: 'versions are seconds',
    file: 'function/src/core/version.ts',
    replace: 'const MICROSECONDS = 1_000_000n;',
    by: 'const MICROSECONDS = 1n;',
    caughtBy: { file: REREAD_TEST },
  },
  {
    what: 'a deletion has no version',
    file: 'function/src/core/operation.ts',
    replace: 'writeAction(writer, OPEN_DELETE, target);',
    by: 'writer.bytes(OPEN_DELETE);\n  writer.string(target.id);\n  writer.ascii("}}\\n");',
    caughtBy: { file: REREAD_TEST },
  },
  {
    what: 'changes of one key are not folded',
    file: 'function/src/core/steps.ts',
    replace: 'of foldByKey(changes)',
    by: 'of changes.map((change) => [change])',
    caughtBy: { file: LANES_TEST, named: 'no two hold the same document' },
  },
  {
    what: 'a folded change has the version of its last record, though an earlier one is higher',
    file: 'function/src/core/operation.ts',
    replace: 'version: highestVersion(changes), changes }',
    by: 'version: versionAt(last.createdAtSeconds), changes }',
    caughtBy: {
      file: 'test/function/core/operation.test.ts',
      named: 'have the highest of their versions',
    },
  },
  {
    what: 'the first change of a key takes the place of the others',
    file: 'function/src/core/operation.ts',
    replace: 'const last = changes.at(-1);',
    by: 'const last = changes.at(0);',
    caughtBy: {
      file: 'test/function/synchronization.test.ts',
      named: 'of many records of a few keys',
    },
  },
  {
    what: 'three pages are on their way at once',
    file: 'function/src/opensearch/lanes.ts',
    replace: 'const WIDEST = 2;',
    by: 'const WIDEST = 3;',
    caughtBy: { file: LANES_TEST, named: 'and never a third' },
  },
  {
    what: 'pages go out one after the other',
    file: 'function/src/opensearch/lanes.ts',
    replace: 'const WIDEST = 2;',
    by: 'const WIDEST = 1;',
    caughtBy: { file: LANES_TEST, named: 'the next is sent' },
  },
  {
    what: 'a 429 does not narrow the lanes',
    file: 'function/src/opensearch/lanes.ts',
    replace: 'if (ofPage.some(isTooMany)) lanes.width = 1;',
    by: '',
    caughtBy: { file: LANES_TEST, named: 'from the first 429' },
  },
  {
    what: 'pages of several tables share a request',
    file: 'function/src/core/page.ts',
    replace: 'page?.[0].table === operation.table && !isFull',
    by: 'page !== undefined && !isFull',
    caughtBy: { file: LANES_TEST, named: 'each request is for one index' },
  },
  {
    what: 'pages have no limit in bytes',
    file: 'function/src/core/page.ts',
    replace: 'bytes > limits.bytes || ',
    by: '',
    caughtBy: { file: LANES_TEST, named: 'no page is larger than a megabyte' },
  },
];
