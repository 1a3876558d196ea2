import { expect, test } from 'vitest';
import {
  type Change,
  type Malformed,
  readRecord,
  withUnreadableImage,
} from '../../../function/src/core/change.ts';
import type { StreamRecord } from '../../../function/src/core/stream-record.ts';
import { aChange, aRecord, aTable, type RecordParts, SOME_SECOND } from '../../support/records.ts';

const read = (parts: RecordParts): Change | Malformed =>
  readRecord({ record: aRecord(parts), table: aTable(), position: 3 });

test('a change says what its record says', () => {
  const image = { pk: { S: 'k1' }, a: { N: '1' } };
  expect(read({ image })).toEqual({
    kind: 'change',
    record: aRecord({ image }),
    table: aTable(),
    position: 3,
    id: 'k1',
    keys: { pk: { S: 'k1' } },
    createdAtSeconds: SOME_SECOND,
    effect: 'put',
    image,
  });
});

test.each([
  ['INSERT', 'put'],
  ['MODIFY', 'put'],
  ['REMOVE', 'remove'],
])('the effect of %s is to %s', (eventName, effect) => {
  expect(read({ eventName })).toMatchObject({ kind: 'change', effect });
});

test.each([undefined, null])('a record with the image %s has none', (image) => {
  expect(read({ image })).toMatchObject({ kind: 'change', image: undefined });
});

test('a creation time with a fraction is its whole second', () => {
  expect(read({ seconds: SOME_SECOND + 0.9 })).toMatchObject({ createdAtSeconds: SOME_SECOND });
});

test('a creation time of one second is a time', () => {
  expect(read({ seconds: 1 })).toMatchObject({ kind: 'change', createdAtSeconds: 1 });
});

test('the last second whose microseconds are safe whole numbers is a time', () => {
  expect(read({ seconds: 9_007_199_254 })).toMatchObject({ kind: 'change' });
});

test.each([
  ['none', undefined],
  ['null', null],
  ['0', 0],
  ['half a second', 0.5],
  ['a negative one', -1],
  ['text', '1767607872'],
  ['milliseconds', SOME_SECOND * 1000],
  ['one beyond the last second', 9_007_199_255],
])('a record whose creation time is %s is malformed', (_, seconds) => {
  expect(read({ seconds })).toMatchObject({
    kind: 'malformed',
    id: 'k1',
    effect: 'put',
    reason: 'the record has no ApproximateCreationDateTime',
  });
});

test.each([undefined, null, 'UPSERT', 'insert', '__proto__', 5])(
  'a record with the eventName %s is malformed',
  (eventName) => {
    expect(read({ eventName })).toMatchObject({
      kind: 'malformed',
      id: 'k1',
      effect: null,
      reason: 'the record has no eventName of INSERT, MODIFY or REMOVE',
    });
  },
);

test.each([
  ['no keys', undefined],
  ['null for keys', null],
  ['another key', { sk: { S: 'k1' } }],
  ['a key of another type', { pk: { N: '1' } }],
])('a record with %s is malformed', (_, keys) => {
  expect(read({ keys })).toMatchObject({
    kind: 'malformed',
    id: null,
    effect: 'put',
    reason: 'the record lacks a key attribute of the table, or has it in another type',
  });
});

test('a record of which nothing is known is malformed and keeps its place', () => {
  const record: StreamRecord = JSON.parse('{}');
  expect(readRecord({ record, table: aTable(), position: 3 })).toEqual({
    kind: 'malformed',
    record,
    table: aTable(),
    position: 3,
    id: null,
    effect: null,
    reason: 'the record has no eventName of INSERT, MODIFY or REMOVE',
  });
});

test('a record without its dynamodb part is malformed', () => {
  const record: StreamRecord = JSON.parse('{"eventName":"INSERT","dynamodb":null}');
  expect(readRecord({ record, table: aTable(), position: 0 })).toMatchObject({ kind: 'malformed' });
});

test('a change with an unreadable image is malformed, and still known by its id', () => {
  expect(withUnreadableImage(aChange())).toMatchObject({
    kind: 'malformed',
    record: aRecord(),
    position: 0,
    id: 'k1',
    effect: 'put',
    reason:
      'the image holds something that is not DynamoDB JSON, mixed lists nested too deep to be written, or a path of more than 50 levels',
  });
});
