import type { Sabotage } from '../sabotage.ts';

const REREAD_TEST = 'test/function/reread.test.ts';

/** Of reading items from the table. */
export const rereads: readonly Sabotage[] = [
  {
    what: 'a conflict is taken for superseded without a look at the table',
    file: 'function/src/verdicts.ts',
    replace: 'rereads.push(rereadOf(operation, verdict.version));',
    by: "settle(ledger, operation, 'superseded');",
    caughtBy: { file: REREAD_TEST, named: 'a conflict' },
  },
  {
    what: 'a record without an image deletes the document',
    file: 'function/src/core/operation.ts',
    replace: "? { ...target, kind: 'reread' }",
    by: '? composeItem(target, undefined, writer)',
    caughtBy: { file: REREAD_TEST, named: 'a record without the image it needs' },
  },
  {
    what: 'a version in the future supersedes every record',
    file: 'function/src/core/judge.ts',
    replace: 'if (isLater && isPast) return SUPERSEDED;',
    by: 'if (isLater) return SUPERSEDED;',
    caughtBy: { file: REREAD_TEST, named: 'with a version in the future' },
  },
  {
    what: 'every conflict costs a read',
    file: 'function/src/core/judge.ts',
    replace: 'if (isLater && isPast) return SUPERSEDED;',
    by: '',
    caughtBy: { file: REREAD_TEST, named: 'supersedes the record, which is not read' },
  },
  {
    what: 'what was reread is written at the version of the record, though that of the index is higher',
    file: 'function/src/core/judge.ts',
    replace: 'version: current > version ? nextVersion(current) : version',
    by: 'version',
    caughtBy: { file: REREAD_TEST, named: 'a conflict' },
  },
  {
    what: 'an item that DynamoDB could not return is taken for absent',
    file: 'function/src/reread.ts',
    replace: `    return { found: [], unread: rereads };
  }
};`,
    by: `    const readTime = { seconds: 0, at: { monotonic: 0, wall: 0 } };
    return { found: rereads.map((reread) => ({ reread, item: undefined, readTime })), unread: [] };
  }
};`,
    caughtBy: { file: REREAD_TEST, named: 'when DynamoDB' },
  },
  {
    what: 'keys that DynamoDB left unprocessed are taken for those of absent items',
    file: 'function/src/aws/items.ts',
    replace: 'unprocessed?.[tableName]?.Keys ?? []',
    by: '(unprocessed?.[tableName]?.Keys ?? []).slice(0, 0)',
    caughtBy: { file: REREAD_TEST, named: 'until no key is unprocessed' },
  },
  {
    what: 'an answer that does not speak of the table is taken for one without items',
    file: 'function/src/aws/items.ts',
    replace: 'if (unread.length === keys.length) return',
    by: 'if (keys.length > 0) return',
    caughtBy: { file: REREAD_TEST, named: 'DynamoDB' },
  },
  {
    what: 'items are read with eventual consistency',
    file: 'function/src/aws/items.ts',
    replace: 'ConsistentRead: true',
    by: 'ConsistentRead: false',
    caughtBy: { file: REREAD_TEST },
  },
  {
    what: 'more than a hundred keys are asked for at once',
    file: 'function/src/aws/items.ts',
    replace: 'export const MOST_KEYS = 100;',
    by: 'export const MOST_KEYS = 1000;',
    caughtBy: { file: REREAD_TEST, named: 'is read in hundreds' },
  },
  {
    what: 'attributes beside the key are asked for with it',
    file: 'function/src/reread.ts',
    replace: 'keyOf(changes.at(-1)?.keys ?? {}, table)',
    by: 'changes.at(-1)?.keys ?? {}',
    caughtBy: { file: REREAD_TEST, named: 'is read by its key alone' },
  },
  {
    what: 'items that were read are not counted',
    file: 'function/src/reread.ts',
    replace: 'add(tools.ledger.rereads, reread.table, 1);',
    by: '',
    caughtBy: { file: REREAD_TEST, named: 'a conflict' },
  },
];
