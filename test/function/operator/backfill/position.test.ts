import { expect, test } from 'vitest';
import {
  beginning,
  finish,
  isAtEnd,
  type Position,
  segmentsLeft,
} from '../../../../function/src/operator/backfill/position.ts';

const reread = (position: Position): Position => JSON.parse(JSON.stringify(position));

test('each segment is drawn once, whoever draws', () => {
  const segments = segmentsLeft(beginning(3));
  const drawn = Array.from({ length: 4 }, () => segments.next().value?.segment);
  expect(drawn).toEqual([0, 1, 2, undefined]);
});

test('those that were under way come first when it goes on, from where they were', () => {
  const position = beginning(4);
  const segments = segmentsLeft(position);
  const [first, second] = [segments.next().value, segments.next().value];
  if (first === undefined || second === undefined) throw new Error('there are four');
  second.startKey = { pk: { S: 'k' } };
  finish(position, first);
  expect([...segmentsLeft(reread(position))]).toEqual([
    { segment: 1, startKey: { pk: { S: 'k' } } },
    { segment: 2, startKey: null },
    { segment: 3, startKey: null },
  ]);
});

test('it is at its end when every segment is finished', () => {
  const position = beginning(2);
  for (const segment of segmentsLeft(position)) {
    expect(isAtEnd(position)).toBe(false);
    finish(position, segment);
  }
  expect(isAtEnd(position)).toBe(true);
});

test('it does not grow with the table', () => {
  const position = beginning(1_000_000);
  for (const segment of segmentsLeft(position)) finish(position, segment);
  expect(JSON.stringify(position).length).toBeLessThan(100);
});
