import { describe, expect, test } from 'vitest';
import type { HeldDocument } from '../../../function/src/core/held-document.ts';
import {
  type AnotherLook,
  judgeLook,
  newSuspicion,
  type Suspicion,
} from '../../../function/src/core/suspicion.ts';

const NOW = 1_767_607_872_000_000;
const SECOND = 1_000_000;

const ABSENT: HeldDocument = { kind: 'absent' };

const EQUAL: HeldDocument = { kind: 'equal', version: NOW };

const different = (version: number, source?: string): HeldDocument => ({
  kind: 'different',
  version,
  difference: { path: 'price', table: '2', index: '1' },
  source,
});

const look = (
  held: HeldDocument,
  expected: string | undefined = 'digest',
  text = '{"price":2}',
): AnotherLook => ({ held, expected, text, now: NOW, comparison: { mayHaveMore: false } });

const suspicionOf = (first: AnotherLook): Suspicion =>
  newSuspicion({ id: 'a', key: { pk: { S: 'a' } } }, first);

/** What looks, one after the other, make of a suspicion. */
const verdictAfter = (first: AnotherLook, ...looks: readonly AnotherLook[]) => {
  let suspicion = suspicionOf(first);
  for (const [at, next] of looks.entries()) {
    const verdict = judgeLook(suspicion, next);
    if (verdict.kind !== 'again') return { ...verdict, looks: at + 1 };
    suspicion = verdict.suspicion;
  }
  return { kind: 'again', looks: looks.length };
};

const times = <Value>(count: number, of: (at: number) => Value): readonly Value[] =>
  Array.from({ length: count }, (_, at) => of(at));

test('a document that has become equal was on its way', () => {
  expect(verdictAfter(look(different(1)), look(EQUAL))).toEqual({ kind: 'equal', looks: 1 });
});

test('a document that went when its item did was on its way', () => {
  const gone = { ...look(ABSENT), expected: undefined };
  expect(verdictAfter(look(different(1)), gone)).toEqual({ kind: 'equal', looks: 1 });
});

describe('what three looks have found unchanged is a difference:', () => {
  test.each([
    ['stale', look(different(1))],
    ['missing', look(ABSENT)],
    ['extra', { ...look(different(1)), expected: undefined }],
  ])('%s', (difference, each) => {
    expect(verdictAfter(each, each, each)).toMatchObject({ kind: 'again' });
    expect(verdictAfter(each, each, each, each)).toMatchObject({
      kind: 'difference',
      difference,
      looks: 3,
    });
  });

  test('with the field in which a stale document differs', () => {
    const each = look(different(1));
    expect(verdictAfter(each, each, each, each)).toMatchObject({ field: { path: 'price' } });
  });
});

test('a change in between starts the wait anew, whether it was of the item or of the document', () => {
  const [one, other] = [look(different(1)), look(different(2))];
  const changed = look(different(2), 'another digest');
  expect(verdictAfter(one, one, one, other, other, other)).toMatchObject({ kind: 'again' });
  expect(verdictAfter(one, one, one, other, other, changed, changed, changed)).toMatchObject({
    kind: 'again',
  });
  expect(verdictAfter(one, other, other, other, other)).toMatchObject({
    kind: 'difference',
    looks: 4,
  });
});

describe('an item that has changed at eight looks', () => {
  const changing = (heldAt: (at: number) => HeldDocument) =>
    verdictAfter(
      ...([look(heldAt(0), '0'), ...times(8, (at) => look(heldAt(at + 1), `${at + 1}`))] as const),
    );

  test('changes too often to be caught equal, if its document follows', () => {
    expect(changing((at) => different(NOW + at * SECOND))).toEqual({ kind: 'changing', looks: 8 });
  });

  test('or if its document comes and goes', () => {
    expect(changing((at) => (at % 2 === 0 ? ABSENT : different(1)))).toMatchObject({
      kind: 'changing',
    });
  });

  test.each([
    ['does not change', () => different(NOW - SECOND)],
    ['never comes', () => ABSENT],
    ['is changed by somebody who counts versions from one', (at: number) => different(at)],
    ['has a version in the future', (at: number) => different(NOW + (61 + at) * SECOND)],
  ])('is different from its document if that %s', (_, heldAt) => {
    expect(changing(heldAt)).toMatchObject({ kind: 'difference', looks: 8 });
  });
});

describe('an item that changes too often, whose document follows,', () => {
  const judged = (documentAt: (at: number) => string, itemAt: (at: number) => string) => {
    const lookAt = (at: number) => {
      return look(different(NOW + at * SECOND, documentAt(at)), `${at}`, itemAt(at));
    };
    return verdictAfter(lookAt(0), ...times(8, (at) => lookAt(at + 1)));
  };
  const item = (at: number) => `{"n":${at},"half":${at >> 2}}`;

  test('is changing where the document lags behind', () => {
    expect(judged((at) => item(at - 1), item)).toEqual({ kind: 'changing', looks: 8 });
  });

  test('is stale in a field that it never had', () => {
    const secretive = (at: number) => `{"n":${at - 1},"half":0,"secret":"x"}`;
    expect(judged(secretive, item)).toMatchObject({
      kind: 'difference',
      difference: 'stale',
      field: { path: 'secret', table: undefined, index: '"x"' },
    });
  });

  test('and in one that it did not change, if the document was wrong in it each time', () => {
    const constant = (at: number) => `{"n":${at},"price":1}`;
    const wrong = (at: number) => `{"n":${at - 1},"price":2}`;
    expect(judged(wrong, constant)).toMatchObject({ field: { path: 'price' } });
    expect(judged((at) => (at === 4 ? constant(3) : wrong(at)), constant)).toMatchObject({
      kind: 'changing',
    });
  });

  test('is changing where the index keeps no sources, which tells nothing', () => {
    const sourceless = (at: number) => look(different(NOW + at * SECOND), `${at}`, item(at));
    expect(verdictAfter(sourceless(0), ...times(8, (at) => sourceless(at + 1)))).toMatchObject({
      kind: 'changing',
    });
  });
});
