import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../function/src/core/answer.ts';
import {
  type ExpectedDocument,
  readHeldDocuments,
} from '../../../function/src/core/held-document.ts';

const expected: readonly ExpectedDocument[] = [
  { id: 'a', text: '{"a":1}' },
  { id: 'b"', text: '{"a":2}' },
];

const answered = (body: string, status = 200): Answer => ({ kind: 'answered', status, body });

const read = (answer: Answer, of = expected) =>
  readHeldDocuments(answer, of, { mayHaveMore: false });

const entry = (id: string, more: string) => `{"_index":"i","_id":${JSON.stringify(id)},${more}}`;

const found = (id: string, source: string) =>
  entry(
    id,
    `"_version":7,"_seq_no":0,"_primary_term":1,"_ignored":["x"],"found":true,"_source":${source}`,
  );

const docs = (...entries: readonly string[]) => answered(`{"docs":[${entries}]}`);

describe('a document of the index is', () => {
  const first = (text: string) => read(docs(text, found('b"', '{"a":2}')));

  test.each([
    ['equal', found('a', '{"a":1}'), { kind: 'equal', version: 7 }],
    ['equal in another spelling', found('a', '{ "a" : 1.0 }'), { kind: 'equal', version: 7 }],
    ['absent', entry('a', '"found":false'), { kind: 'absent' }],
    [
      'absent with its index',
      entry('a', '"error":{"type":"index_not_found_exception","reason":"no such index [i]"}'),
      { kind: 'absent' },
    ],
    [
      'different in a field',
      found('a', '{"a":3}'),
      { kind: 'different', version: 7, difference: { path: 'a', table: '1', index: '3' } },
    ],
    [
      'different as a whole where the index keeps no source',
      entry('a', '"_version":7,"found":true'),
      { kind: 'different', difference: { path: '_source', table: '{"a":1}', index: undefined } },
    ],
  ])('%s', (_, text, held) => {
    expect(first(text)).toMatchObject({ kind: 'read', value: [held, { kind: 'equal' }] });
  });

  test('different with all it holds where there should be none', () => {
    expect(read(docs(found('a', '{"a":1}')), [{ id: 'a', text: undefined }])).toEqual({
      kind: 'read',
      value: [{ kind: 'different', version: 7, difference: undefined, source: '{"a":1}' }],
    });
  });
});

describe('an answer that does not do is refused:', () => {
  const b = found('b"', '{"a":2}');
  const fault = entry('a', '"error":{"type":"some_exception","reason":"why"}');
  test.each([
    ['none', { kind: 'unanswered', error: 'TimeoutError' } as const, 'TimeoutError'],
    ['another status', answered('{"error":{"type":"x"}}', 429), 'x'],
    ['a page of a proxy', answered('<html>'), 'unexpected_answer'],
    ['half an answer', answered(`{"docs":[${found('a', '{"a":')}`), 'unexpected_answer'],
    ['too few documents', docs(found('a', '{"a":1}')), 'unexpected_answer'],
    ['too many documents', docs(found('a', '{"a":1}'), b, b), 'unexpected_answer'],
    ['other documents', docs(b, b), 'unexpected_answer'],
    ['something else', answered('{"took":1}'), 'unexpected_answer'],
    ['a document that cannot be read', docs(fault, b), 'some_exception'],
  ])('%s', (_, answer, type) => {
    expect(read(answer)).toMatchObject({ kind: 'refused', refusal: { type } });
  });

  test.each([
    ['may be read later', 'rejected_execution_exception', 503],
    ['of a name that stands for several indexes will not be', 'illegal_argument_exception', 400],
  ])('a document that cannot be read %s', (_, type, status) => {
    const unread = entry('a', `"error":{"type":"${type}","reason":"why"}`);
    expect(read(docs(unread, b))).toMatchObject({ kind: 'refused', refusal: { type, status } });
  });
});
