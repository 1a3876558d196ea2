import { expect, test } from 'vitest';
import { sequenceNumberOf, tableName } from '../../../function/src/core/stream-record.ts';
import { aRecord } from '../../support/records.ts';

test.each(['Orders', 'my-orders', 'My_Orders-EU', 'a.b'])(
  'a record of %s names its table exactly so',
  (table) => {
    expect(tableName(aRecord({ table }))).toBe(table);
  },
);

test('the name is read in every partition of AWS', () => {
  const eventSourceARN =
    'arn:aws-us-gov:dynamodb:us-gov-west-1:111122223333:table/Orders/stream/2026-01-01T00:00:00.000';
  expect(tableName({ ...aRecord(), eventSourceARN })).toBe('Orders');
});

test.each<[string, unknown]>([
  ['another source', { ...aRecord(), eventSource: 'aws:kinesis' }],
  ['no source', { ...aRecord(), eventSource: undefined }],
  ['no ARN', { ...aRecord(), eventSourceARN: undefined }],
  [
    'the ARN of a queue',
    { ...aRecord(), eventSourceARN: 'arn:aws:sqs:eu-west-1:1:table/a/stream/b' },
  ],
  [
    'the ARN of a table',
    { ...aRecord(), eventSourceARN: 'arn:aws:dynamodb:eu-west-1:1:table/Orders' },
  ],
  [
    'an ARN further on in a text',
    { ...aRecord(), eventSourceARN: `x ${aRecord().eventSourceARN}` },
  ],
  ['an ARN that is no text', { ...aRecord(), eventSourceARN: { toString: 1 } }],
  ['nothing', null],
])('a record with %s is of no table', (_, record) => {
  expect(tableName(JSON.parse(JSON.stringify(record)))).toBeUndefined();
});

test.each(['1', '4100000000000000000001', '9'.repeat(40)])('the number %s is one', (number) => {
  expect(sequenceNumberOf(aRecord({ number }))).toBe(number);
});

test.each(['', '-1', '1.5', '1e3', '٣', '9'.repeat(41), 7, null])(
  'the number %j is none',
  (number) => {
    expect(sequenceNumberOf(aRecord({ number }))).toBeUndefined();
  },
);
