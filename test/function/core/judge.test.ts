import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AnswerItem,
  decide,
  type Judgement,
  judgeItem,
  type Verdict,
} from '../../../function/src/core/judge.ts';
import { anOperation } from '../../support/records.ts';

const NOW = 1_767_607_872_000;
const OURS = 1_767_607_000_000_000n;
const MINUTE = 60_000_000n;
const NOW_MICROSECONDS = BigInt(NOW) * 1000n;

const judge = (item: AnswerItem, action: 'index' | 'delete' = 'index', version = OURS) =>
  judgeItem(anOperation({ action, version }), item, NOW);

const failure = (status: number, type = 'some_exception', reason = 'because'): AnswerItem => ({
  status,
  error: { type, reason },
});

const refusal = (status: number, type = 'some_exception', reason = 'because') => ({
  status,
  type,
  reason,
});

const conflict = (current: bigint | string, id = 'k1'): AnswerItem =>
  failure(
    409,
    'version_conflict_engine_exception',
    `[${id}]: version conflict, current version [${current}] is higher than the one provided [${OURS}]`,
  );

test.each([200, 201, 202])('status %i is written', (status) => {
  expect(judge({ status })).toEqual({ kind: 'written' });
});

test('a delete of an absent document is written', () => {
  expect(judge({ status: 404 }, 'delete')).toEqual({ kind: 'written' });
});

test('a delete in an absent index is written', () => {
  expect(judge(failure(404, 'index_not_found_exception'), 'delete')).toEqual({ kind: 'written' });
});

test.each([401, 403, 429, 500, 502, 503, 504])('status %i may pass: the same again', (status) => {
  expect(judge(failure(status))).toEqual({ kind: 'again', refusal: refusal(status) });
});

test.each([400, 403, 429])('a block of the cluster with status %i may pass', (status) => {
  expect(judge(failure(status, 'cluster_block_exception'))).toEqual({
    kind: 'again',
    refusal: refusal(status, 'cluster_block_exception'),
  });
});

test('an index that is gone when a document is to be indexed is to be made', () => {
  expect(judge(failure(404, 'index_not_found_exception'))).toEqual({
    kind: 'index_missing',
    refusal: refusal(404, 'index_not_found_exception'),
  });
});

test.each([
  ['a closed index', 'index_closed_exception', 'closed'],
  ['the limit of shards', 'validation_exception', 'this action would add [2] shards'],
  ['a missing pipeline', 'illegal_argument_exception', 'pipeline with id [embed] does not exist'],
  [
    'an alias without write index',
    'illegal_argument_exception',
    'no write index is defined for alias [orders]. The write index may be explicitly disabled',
  ],
])('%s is not the fault of the document, and hopeless for now', (_, type, reason) => {
  expect(judge(failure(400, type, reason))).toEqual({
    kind: 'hopeless',
    refusal: refusal(400, type, reason),
  });
});

test.each([
  ['a value that does not fit', 400, 'mapper_parsing_exception', 'failed to parse field [a]'],
  [
    'another illegal argument',
    400,
    'illegal_argument_exception',
    'object field starting or ending',
  ],
  [
    'an illegal argument that quotes a missing pipeline',
    400,
    'illegal_argument_exception',
    'cannot read [pipeline with id [embed] does not exist]',
  ],
  [
    'an illegal argument that quotes an alias',
    400,
    'illegal_argument_exception',
    'cannot read [no write index is defined for alias [orders]',
  ],
  [
    'a parse failure that quotes a missing pipeline',
    400,
    'mapper_parsing_exception',
    'pipeline with id [a] does not exist',
  ],
  ['an absent document that is to be indexed', 404, 'document_missing_exception', 'gone'],
  ['a request that is too large', 413, 'some_exception', 'too large'],
  ['a closed index with another status than 400', 422, 'index_closed_exception', 'closed'],
])('%s is rejected', (_, status, type, reason) => {
  expect(judge(failure(status, type, reason))).toEqual({
    kind: 'rejected',
    refusal: refusal(status, type, reason),
  });
});

test('a delete that is refused is rejected', () => {
  expect(judge(failure(400), 'delete')).toMatchObject({ kind: 'rejected' });
});

test.each<AnswerItem>([
  { status: 400 },
  { status: 400, error: {} },
  { status: 400, error: { type: null, reason: null } },
])('a refusal with no more than %j is of unknown type', (item) => {
  expect(judge(item)).toEqual({
    kind: 'rejected',
    refusal: refusal(400, 'unknown', ''),
  });
});

test('every status that is no answer of its own is asked for again', () => {
  const odd = fc.oneof(fc.integer({ min: -1, max: 199 }), fc.integer({ min: 300, max: 399 }));
  fc.assert(
    fc.property(odd, (status) => {
      expect(judge(failure(status)).kind).toBe('again');
    }),
  );
});

test('every other status that is not a success is rejected', () => {
  const others = fc
    .integer({ min: 400, max: 499 })
    .filter((status) => ![401, 403, 404, 409, 429].includes(status));
  fc.assert(
    fc.property(others, (status) => {
      expect(judge(failure(status)).kind).toBe('rejected');
    }),
  );
});

describe('operations that were refused alone', () => {
  const refusedAlone = { kind: 'refused_alone', refusal: refusal(400) } as const;

  const decided = (...judgements: readonly Judgement[]) =>
    decide(judgements.map((judgement) => ({ operation: anOperation(), judgement }))).map(
      ({ verdict }) => verdict.kind,
    );

  const nine = new Array<Judgement>(9).fill(refusedAlone);

  test('are rejected where they are few', () => {
    expect(decided(...nine)).toEqual(nine.map(() => 'rejected'));
  });

  test('are hopeless where they are ten and all', () => {
    expect(decided(...nine, refusedAlone)).toEqual([...nine, refusedAlone].map(() => 'hopeless'));
  });

  test('are rejected where one of many was not', () => {
    expect(decided(...nine, ...nine, { kind: 'superseded' })).toEqual([
      ...[...nine, ...nine].map(() => 'rejected'),
      'superseded',
    ]);
  });

  const again: Judgement = { kind: 'again', refusal: refusal(503) };

  test('are hopeless where the others of ten were not looked at', () => {
    expect(decided(...nine, again)).toEqual([...nine.map(() => 'hopeless'), 'again']);
  });

  test('are rejected where one was written, whatever was not looked at', () => {
    expect(decided(...nine, again, { kind: 'written' })).toEqual([
      ...nine.map(() => 'rejected'),
      'again',
      'written',
    ]);
  });

  test('keep why they were refused', () => {
    const operation = anOperation();
    expect(decide([{ operation, judgement: refusedAlone }])).toEqual([
      { operation, verdict: { kind: 'rejected', refusal: refusal(400) } },
    ]);
  });

  test('are none where there are no operations', () => {
    expect(decided()).toEqual([]);
  });
});

test('a verdict stays as it is', () => {
  const verdicts: readonly Verdict[] = [
    { kind: 'written' },
    { kind: 'superseded' },
    { kind: 'reread', version: OURS },
    { kind: 'again', refusal: refusal(429) },
  ];
  const judged = verdicts.map((judgement) => ({ operation: anOperation(), judgement }));
  expect(decide(judged).map(({ verdict }) => verdict)).toEqual(verdicts);
});

describe('a conflict', () => {
  const laterThan = (microseconds: bigint) => judge(conflict(OURS + microseconds));

  test('with a version of more than a minute later is superseded', () => {
    expect(laterThan(MINUTE + 1n)).toEqual({ kind: 'superseded' });
  });

  test('with a version of a minute later is for the table to settle, above that version', () => {
    expect(laterThan(MINUTE)).toEqual({ kind: 'reread', version: OURS + MINUTE + 1n });
  });

  test('with a version a minute ahead of the clock is superseded', () => {
    expect(judge(conflict(NOW_MICROSECONDS + MINUTE))).toEqual({ kind: 'superseded' });
  });

  test('with a version of nobody, further ahead of the clock, is for the table to settle', () => {
    const version = NOW_MICROSECONDS + MINUTE + 1n;
    expect(judge(conflict(version))).toEqual({ kind: 'reread', version: version + 1n });
  });

  test('with a version beyond 2^53 keeps its every digit', () => {
    const version = 2n ** 53n + 1n;
    expect(judge(conflict(version))).toEqual({ kind: 'reread', version: version + 1n });
  });

  test('with the highest version that OpenSearch has is settled at that one', () => {
    const highest = 2n ** 63n - 1n;
    expect(judge(conflict(highest))).toEqual({ kind: 'reread', version: highest });
    expect(judge(conflict(highest - 1n))).toEqual({ kind: 'reread', version: highest });
  });

  test('tells versions beyond 2^53 apart', () => {
    const ours = 2n ** 60n;
    const verdicts = [MINUTE, MINUTE + 1n].map((ahead) =>
      judgeItem(anOperation({ version: ours }), conflict(ours + ahead), Number(ours / 1000n) + 1),
    );
    expect(verdicts.map(({ kind }) => kind)).toEqual(['reread', 'superseded']);
  });

  test('with a lower version is settled at ours', () => {
    expect(judge(conflict(OURS - 1n))).toEqual({ kind: 'reread', version: OURS });
  });

  test.each([
    ['a reason without version', failure(409)],
    ['no reason', { status: 409 }],
    ['a version that OpenSearch cannot have', conflict('9'.repeat(20))],
    ['a reason that goes on and on', failure(409, 'x', 'current version ['.repeat(20_000))],
    ['a reason with a negative version', conflict('-1')],
  ])('with %s is settled at our version', (_, item) => {
    expect(judge(item)).toEqual({ kind: 'reread', version: OURS });
  });

  test('is judged by its version, not by an id that reads like one', () => {
    const id = `current version [${OURS + 2n * MINUTE}]`;
    expect(judge(conflict(OURS + 1n, id))).toEqual({ kind: 'reread', version: OURS + 2n });
  });

  test('is judged by its version although the id has several lines', () => {
    expect(judge(conflict(OURS + 1n, 'a\nb'))).toEqual({ kind: 'reread', version: OURS + 2n });
  });

  test('of a delete is judged alike', () => {
    expect(judge(conflict(OURS + MINUTE + 1n), 'delete')).toEqual({ kind: 'superseded' });
  });

  test('is settled above the version in the index, and never below ours', () => {
    const versions = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
    fc.assert(
      fc.property(versions, versions, (ours, current) => {
        const judgement = judge(conflict(current), 'index', ours);
        if (judgement.kind !== 'reread') return;
        const isAbove = judgement.version > current || current === 2n ** 63n - 1n;
        expect(judgement.version >= ours).toBe(true);
        expect(isAbove || current === ours).toBe(true);
      }),
    );
  });
});
