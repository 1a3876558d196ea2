import type { Sabotage } from '../sabotage.ts';

const REPAIR_TEST = 'test/function/operator/repair.test.ts';
const SAFETY_TEST = 'test/function/operator/backfill/safety.test.ts';
const VERIFY_TEST = 'test/function/operator/verify/verify-table.test.ts';
const REPLAY_TEST = 'test/function/operator/replay/replay.test.ts';

/** Of the operator commands. */
export const operators: readonly Sabotage[] = [
  {
    what: 'a repair writes whatever somebody else has written meanwhile',
    file: 'function/src/operator/settle-by-state.ts',
    replace: '? { ...reread, changes, unchangedSince: state }',
    by: '? { ...reread, changes, version: BigInt(Date.now() + 600_000) * 1000n }',
    caughtBy: { file: REPAIR_TEST },
  },
  {
    what: 'a repair writes at the time of the read',
    file: 'function/src/operator/read-time.ts',
    replace: 'return seconds - CLOCK_TOLERANCE_SECONDS;',
    by: 'return seconds;',
    caughtBy: { file: REPAIR_TEST, named: 'is older than any change that comes after the read' },
  },
  {
    what: 'a repair reads the item before the state of the document',
    file: 'function/src/operator/settle-by-state.ts',
    replace: `  const read = await readDocumentStates(first.table, ids, { ...tools, timeoutMilliseconds });
  if (read.kind === 'refused') {
    tools.ledger.refusals.set(first.table, read.refusal);
    return { again: [], rereads };
  }
  const { found, unread } = await rereadItems(rereads, tools);`,
    by: `  const { found, unread } = await rereadItems(rereads, tools);
  const read = await readDocumentStates(first.table, ids, { ...tools, timeoutMilliseconds });
  if (read.kind === 'refused') {
    tools.ledger.refusals.set(first.table, read.refusal);
    return { again: [], rereads };
  }`,
    caughtBy: { file: REPAIR_TEST },
  },
  {
    what: 'a repair ignores where',
    file: 'function/src/operator/settle-by-state.ts',
    replace: 'item !== undefined && isIndexed(item, reread.table)',
    by: 'item !== undefined',
    caughtBy: { file: REPAIR_TEST, named: 'that where does not match' },
  },
  {
    what: 'what was read minutes ago is written',
    file: 'function/src/operator/read-time.ts',
    replace: 'const LONGEST_WRITING_MILLISECONDS = 30_000;',
    by: 'const LONGEST_WRITING_MILLISECONDS = 300_000;',
    caughtBy: { file: REPAIR_TEST, named: 'what was read before the machine slept' },
  },
  {
    what: 'the position of a backfill is moved before its page is written',
    file: 'function/src/operator/backfill/segment.ts',
    replace: `      await writePage(page, run);
      position.startKey = page.lastKey ?? null;`,
    by: `      position.startKey = page.lastKey ?? null;
      await writePage(page, run);`,
    caughtBy: { file: 'test/function/operator/backfill/faults.test.ts' },
  },
  {
    what: 'a backfill leaves out what was not settled at once',
    file: 'function/src/operator/backfill/write-page.ts',
    replace: '  await repairLeft(work, run);\n',
    by: '',
    caughtBy: { file: 'test/function/operator/backfill/faults.test.ts' },
  },
  {
    what: 'a backfill writes pages at the time of this machine',
    file: 'function/src/aws/dynamodb.ts',
    replace: 'exchanged = { json, readTime: { seconds: Date.parse(date) / 1000, at: sentAt } };',
    by: 'exchanged = { json, readTime: { seconds: Math.floor(Date.now() / 1000) + 120 + (date === json ? 1 : 0), at: sentAt } };',
    caughtBy: { file: SAFETY_TEST },
  },
  {
    what: 'a backfill reads with eventual consistency',
    file: 'function/src/aws/scan.ts',
    replace: 'ConsistentRead: true',
    by: 'ConsistentRead: false',
    caughtBy: { file: SAFETY_TEST },
  },
  {
    what: 'a backfill reads as fast as it can, whatever its rate',
    file: 'function/src/operator/backfill/rate.ts',
    replace: 'if (wait > 0) await sleep(wait, undefined, { signal });',
    by: 'signal.throwIfAborted();',
    caughtBy: { file: 'test/function/operator/backfill/pace.test.ts' },
  },
  {
    what: 'a segment that is under way is forgotten by whoever goes on',
    file: 'function/src/operator/backfill/position.ts',
    replace: '  yield* [...position.underWay];\n',
    by: '',
    caughtBy: { file: 'test/function/operator/backfill/position.test.ts' },
  },
  {
    what: 'verify ignores documents without an item',
    file: 'function/src/operator/verify/look-up-documents.ts',
    replace: 'await suspect(await withoutItems(reachable, verification));',
    by: 'await suspect((await withoutItems(reachable, verification)).slice(0, 0));',
    caughtBy: { file: VERIFY_TEST, named: 'is told what is missing, extra and stale' },
  },
  {
    what: 'verify ignores items without a document',
    file: 'function/src/operator/verify/compare-segment.ts',
    replace: "if (document.kind === 'equal') continue;",
    by: "if (document.kind !== 'different') continue;",
    caughtBy: { file: VERIFY_TEST, named: 'is told what is missing, extra and stale' },
  },
  {
    what: 'verify calls a difference what it has seen once',
    file: 'function/src/core/suspicion.ts',
    replace: 'export const LOOKS = 3;',
    by: 'export const LOOKS = 1;',
    caughtBy: { file: 'test/function/core/suspicion.test.ts' },
  },
  {
    what: 'a replay removes letters that are not settled',
    file: 'function/src/operator/replay/conclude.ts',
    replace: "const left = fates.filter((fate) => fate.kind !== 'settled');",
    by: "const left = fates.filter((fate) => fate.kind === 'stray' || fate.kind === 'refused');",
    caughtBy: { file: REPLAY_TEST, named: 'nothing is removed, and a further replay finishes' },
  },
  {
    what: 'a replay removes letters that are refused again',
    file: 'function/src/operator/replay/conclude.ts',
    replace: "const left = fates.filter((fate) => fate.kind !== 'settled');",
    by: "const left = fates.filter((fate) => fate.kind === 'stray' || fate.kind === 'unsettled');",
    caughtBy: { file: REPLAY_TEST, named: 'what is still refused stays' },
  },
  {
    what: 'an index that forgets deletions too soon is written by a replay',
    file: 'function/src/operator/replay/settle-letters.ts',
    replace: 'confirmMemory(table.index, await askIdentity(table.index, { ...tools, patience }));',
    by: 'await askIdentity(table.index, { ...tools, patience });',
    caughtBy: { file: REPLAY_TEST, named: 'an index that forgets deletions too soon' },
  },
];
