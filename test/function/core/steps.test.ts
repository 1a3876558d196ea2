import { expect, test } from 'vitest';
import { deliveriesByTable } from '../../../function/src/core/event.ts';
import { type Step, stepsOf } from '../../../function/src/core/steps.ts';
import { anItem, aRecord, aTable, type RecordParts } from '../../support/records.ts';

const orders = aTable();
const users = aTable({ name: 'Users', index: 'users' });
const tables = new Map([orders, users].map((table) => [table.name, table]));

const stepsFor = (...records: readonly RecordParts[]): Iterable<Step> =>
  stepsOf(deliveriesByTable(records.map(aRecord), tables));

const putting = (key: string, parts: RecordParts = {}): RecordParts => ({
  keys: { pk: { S: key } },
  image: anItem(key),
  ...parts,
});

const textOf = (step: Step): string =>
  step.kind === 'operation' ? Buffer.from(step.lines).toString() : step.kind;

test('an event of no records asks for nothing', () => {
  expect([...stepsFor()]).toEqual([]);
});

test('a key is one step, at the place of its first record', () => {
  const steps = [...stepsFor(putting('a'), putting('b'), putting('a'))];
  expect(steps.map(({ id }) => id)).toEqual(['a', 'b']);
});

test('one key in two tables is two steps', () => {
  const steps = [...stepsFor(putting('a'), putting('a', { table: 'Users' }))];
  expect(steps.map(({ table }) => table)).toEqual([orders, users]);
});

test('a record without the image that it needs is a reading', () => {
  expect([...stepsFor(putting('a', { image: undefined }))].map(textOf)).toEqual(['reread']);
});

test('a record that cannot be understood is set aside', () => {
  const steps = [...stepsFor(putting('a', { seconds: 0 }), putting('a'))];
  expect(steps.map(({ kind }) => kind)).toEqual(['malformed', 'operation']);
});

test('an image that cannot be read is set aside beside its key', () => {
  const steps = [...stepsFor(putting('a'), putting('a', { image: { a: { X: 1 } } }))];
  expect(steps.map(({ kind }) => kind)).toEqual(['malformed', 'operation']);
});

test('a step stays as it is while others are drawn', () => {
  const steps = [...stepsFor(putting('a'), putting('b'), putting('c', { table: 'Users' }))];
  const alone = ['a', 'b', 'c'].flatMap((key) => [...stepsFor(putting(key))]);
  expect(steps.map(textOf)).toEqual(alone.map(textOf));
});

test('a step is composed when it is drawn', () => {
  const image = anItem('b');
  const records = [aRecord(putting('a')), aRecord(putting('b', { image }))];
  const steps = stepsOf(deliveriesByTable(records, tables));
  steps.next();
  Object.assign(records[1]?.dynamodb?.NewImage ?? {}, { n: { N: '2' } });
  expect(textOf(steps.next().value)).toContain('"n":2');
});
