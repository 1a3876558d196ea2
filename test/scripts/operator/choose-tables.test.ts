import { expect, test } from 'vitest';
import { parseConfiguration } from '../../../function/src/configuration/parse.ts';
import { chooseTables } from '../../../scripts/operator/choose-tables.ts';

const configurationOf = (...names: readonly string[]) =>
  parseConfiguration(
    JSON.stringify({
      endpoint: 'http://localhost:9200',
      dead_letter: { bucket: 'letters', prefix: 'rejected/' },
      tables: Object.fromEntries(
        names.map((name) => [
          name,
          { index: name.toLowerCase(), keys: [{ name: 'id', type: 'S' }] },
        ]),
      ),
    }),
    'the test',
    'eu-west-1',
  );

const chosen = (names: readonly string[], all = false) =>
  chooseTables(names, configurationOf('Orders', 'Users', 'Visits'), { all }).map(
    ({ name }) => name,
  );

test('tables are chosen by name, each once, in the order in which they are named', () => {
  expect(chosen(['Users', 'Orders', 'Users'])).toEqual(['Users', 'Orders']);
});

test('with --all each table is chosen', () => {
  expect(chosen([], true)).toEqual(['Orders', 'Users', 'Visits']);
});

test('a table that is not configured is refused, and those that are get listed', () => {
  expect(() => chosen(['orders'])).toThrow(
    'The configuration has no table orders: it has Orders, Users, Visits.',
  );
});

test('where no table is named, the ways to name some are', () => {
  expect(() => chosen([])).toThrow(
    'No table is named: name some of Orders, Users, Visits, or give --all.',
  );
});

test('names and --all contradict each other', () => {
  expect(() => chosen(['Orders'], true)).toThrow('Name tables or give --all, not both.');
});

test('of many tables some are listed', () => {
  const many = Array.from({ length: 30 }, (_, at) => `T${at}`);
  expect(() => chooseTables([], configurationOf(...many), { all: false })).toThrow(
    'T0, T1, T2, T3, T4, T5, T6, T7, T8, T9 and 20 more',
  );
});
