import { describe, expect, test } from 'vitest';
import { newCauseTally } from '../../../../function/src/operator/replay/cause-tally.ts';
import {
  newReplayCounts,
  type ReplayCounts,
} from '../../../../function/src/operator/replay/replay.ts';
import {
  endingLines,
  exitCodeOf,
  progressLines,
  type Replayed,
  summaryOf,
} from '../../../../scripts/operator/replay/report.ts';
import { createStyle } from '../../../../scripts/terminal/style.ts';
import { aTable } from '../../../support/records.ts';

const canvas = { columns: 100, style: createStyle(false) };

const aReplay = (counts: Partial<ReplayCounts> = {}, parts: Partial<Replayed> = {}): Replayed => ({
  isDryRun: false,
  isFinished: true,
  bucket: 'letters',
  counts: { ...newReplayCounts(), ...counts },
  tally: newCauseTally(),
  foreign: new Map(),
  stuck: new Map(),
  ...parts,
});

/** A tally with so many causes, the first of them twice. */
const tallied = (causes: number) => {
  const tally = newCauseTally();
  for (let n = 0; n < causes; n++) {
    const cause = { place: `Orders.f${n}`, what: 'text where long is mapped', cure: `Mend f${n}.` };
    tally.add(cause, `rejected/${n}.ndjson`);
    if (n === 0) tally.add(cause, 'rejected/more.ndjson');
  }
  return tally;
};

describe('the ending', () => {
  test('of a replay that found nothing is one line', () => {
    expect(endingLines(aReplay(), canvas)).toEqual(['No letter waits in s3://letters.']);
  });

  test('says what was done, and of what is left the causes and cures', () => {
    const counts = {
      objects: 3,
      records: 1204,
      settled: 1200,
      refused: 3,
      strays: 1,
      removedObjects: 1,
    };
    expect(endingLines(aReplay(counts, { tally: tallied(2) }), canvas)).toEqual([
      '1,204 records in 3 objects of s3://letters: 1,200 settled, 3 still refused, 1 that cannot be',
      'replayed; 1 object removed, 2 left.',
      '',
      'What is left, and why',
      '  Orders.f0: 2 × text where long is mapped',
      '      Mend f0.',
      '      rejected/0.ndjson',
      '      rejected/more.ndjson',
      '  Orders.f1: 1 × text where long is mapped',
      '      Mend f1.',
      '      rejected/1.ndjson',
    ]);
  });

  test('names the twenty most frequent causes, and counts the others', () => {
    const lines = endingLines(
      aReplay({ records: 24, refused: 24 }, { tally: tallied(23) }),
      canvas,
    );
    expect(lines.at(-1)).toBe('  and 3 records for other causes: see --json');
  });

  test('of one that did not come to its end says so, unless it had not begun', () => {
    expect(endingLines(aReplay({}, { isFinished: false }), canvas)).toEqual([]);
    const counts = { objects: 2, records: 2, settled: 1, unsettled: 1, removedObjects: 1 };
    expect(endingLines(aReplay(counts, { isFinished: false }), canvas).join(' ')).toBe(
      '2 records in 2 objects of s3://letters: 1 settled, 1 not settled; 1 object removed, 1 left. It did not come to its end: a further replay goes on.',
    );
  });

  test('of a dry run says that nothing was settled', () => {
    const counts = { objects: 1, records: 1 };
    expect(endingLines(aReplay(counts, { isDryRun: true }), canvas)).toEqual([
      '1 record in 1 object of s3://letters waits; nothing was settled.',
    ]);
  });

  test('says for which table nothing could be done, without what OpenSearch quotes', () => {
    const table = aTable();
    const refusal = { status: 503, type: 'unavailable_shards_exception', reason: 'a secret' };
    const counts = { records: 2, unsettled: 2, unreadObjects: 3 };
    const text = endingLines(aReplay(counts, { stuck: new Map([[table, refusal]]) }), canvas).join(
      ' ',
    );
    expect(text).toContain('2 not settled');
    expect(text).toContain(
      'Nothing could be done for Orders for too long: OpenSearch answered 503, unavailable_shards_exception.',
    );
    expect(text).toContain('3 objects');
    expect(text).not.toContain('secret');
  });

  test.each([
    [undefined, 'DynamoDB did not return its items'],
    [{ status: 0, type: 'ECONNREFUSED', reason: '' }, 'OpenSearch did not answer (ECONNREFUSED)'],
  ])('%o is %s', (refusal, words) => {
    const stuck = new Map([[aTable(), refusal]]);
    expect(endingLines(aReplay({ records: 1 }, { stuck }), canvas).join(' ')).toContain(words);
  });

  test('names what under aws/lambda/ is none of ours', () => {
    const foreign = new Map([['Other, which the configuration does not have', 2]]);
    expect(endingLines(aReplay({}, { foreign }), canvas).at(-1)).toBe(
      '2 objects under aws/lambda/ left alone: of Other, which the configuration does not have.',
    );
  });

  test('fits a narrow terminal, whatever is not one word', () => {
    const counts = { objects: 3, records: 1204, settled: 1200, refused: 4 };
    const lines = endingLines(aReplay(counts, { tally: tallied(1) }), { ...canvas, columns: 40 });
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
  });
});

test.each<[status: number, replay: Replayed]>([
  [0, aReplay()],
  [0, aReplay({ records: 2, settled: 2 })],
  [1, aReplay({ records: 2, settled: 1, refused: 1 })],
  [1, aReplay({ records: 1, strays: 1 })],
  [1, aReplay({ records: 1 }, { isDryRun: true })],
  [0, aReplay({}, { isDryRun: true })],
  [2, aReplay({ records: 2, refused: 1, unsettled: 1 })],
  [2, aReplay({ unreadObjects: 1 }, { stuck: new Map([[aTable(), undefined]]) })],
])('status %i', (status, replay) => {
  expect(exitCodeOf(replay)).toBe(status);
});

test('the summary for machines has the counts, the causes and the tables that are stuck', () => {
  const stuck = new Map([[aTable(), { status: 503, type: 'busy', reason: 'a secret' }]]);
  const counts = { objects: 2, records: 3, refused: 3, removedObjects: 1 };
  expect(summaryOf(aReplay(counts, { tally: tallied(1), stuck }))).toEqual({
    type: 'summary',
    is_dry_run: false,
    is_finished: true,
    objects: 2,
    unread_objects: 0,
    foreign_objects: 0,
    records: 3,
    settled: 0,
    refused: 3,
    strays: 0,
    unsettled: 0,
    removed_objects: 1,
    causes: [
      {
        place: 'Orders.f0',
        what: 'text where long is mapped',
        cure: 'Mend f0.',
        count: 2,
        objects: ['rejected/0.ndjson', 'rejected/more.ndjson'],
      },
    ],
    other_causes: 0,
    stuck: [{ table: 'Orders', status: 503, error: 'busy' }],
  });
});

test('the progress has a speed, and says when it stands still', () => {
  const counts = {
    ...newReplayCounts(),
    objects: 10,
    records: 40,
    settled: 30,
    refused: 2,
    strays: 1,
  };
  expect(progressLines(counts, { perSecond: 8, standstillMilliseconds: 0 })).toEqual([
    '40 records in 10 objects: 30 settled, 3 left, 8/s',
  ]);
  expect(progressLines(counts, { perSecond: 4, standstillMilliseconds: 6500 })).toEqual([
    '40 records in 10 objects: 30 settled, 3 left, 4/s',
    'Nothing was settled for 6 s: OpenSearch or DynamoDB keep it waiting',
  ]);
});
