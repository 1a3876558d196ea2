import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Answer, readBulkAnswer, refusalIn } from '../../../function/src/core/answer.ts';

const answered = (status: number, body: unknown): Answer => ({
  kind: 'answered',
  status,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

const unanswered: Answer = { kind: 'unanswered', error: 'ECONNRESET' };

const items = [{ index: { status: 201 } }, { delete: { status: 404 } }];

describe('the answer to a bulk request', () => {
  test('that was looked at has an item for each operation, in their order', () => {
    expect(readBulkAnswer(answered(200, { errors: true, items }), 2)).toEqual({
      kind: 'items',
      items: [{ status: 201 }, { status: 404 }],
    });
  });

  test('keeps why an item was refused', () => {
    const error = { type: 'mapper_parsing_exception', reason: 'failed to parse' };
    const body = { items: [{ index: { status: 400, error } }] };
    expect(readBulkAnswer(answered(200, body), 1)).toEqual({
      kind: 'items',
      items: [{ status: 400, error }],
    });
  });

  test.each<[string, unknown]>([
    ['fewer items than operations', { items: items.slice(1) }],
    ['more items than operations', { items: [...items, ...items] }],
    ['no items', { took: 1 }],
    ['items that are no list', { items: { length: 2 } }],
    ['an item that is null', { items: [items[0], null] }],
    ['an item without action', { items: [items[0], {}] }],
    ['an item without status', { items: [items[0], { index: {} }] }],
    ['an item whose status is text', { items: [items[0], { index: { status: '201' } }] }],
    [
      'an error whose type is no text',
      { items: [items[0], { index: { status: 400, error: { type: 5 } } }] },
    ],
    [
      'an error whose reason is no text',
      { items: [items[0], { index: { status: 400, error: { reason: {} } } }] },
    ],
    ['another thing than JSON', '<html>'],
    ['nothing', ''],
    ['null', 'null'],
  ])('with %s may be another one next time', (_, body) => {
    expect(readBulkAnswer(answered(200, body), 2)).toEqual({
      kind: 'again',
      refusal: { status: 200, type: 'unexpected_answer', reason: '' },
    });
  });

  test.each([null, {}, { type: null, reason: null }])('may have %j for an error', (error) => {
    const body = { items: [{ index: { status: 400, error } }] };
    expect(readBulkAnswer(answered(200, body), 1).kind).toBe('items');
  });

  test('that never came may come next time', () => {
    expect(readBulkAnswer(unanswered, 2)).toEqual({
      kind: 'again',
      refusal: { status: 0, type: 'ECONNRESET', reason: '' },
    });
  });

  test('of status 413 says that it was too much', () => {
    expect(readBulkAnswer(answered(413, ''), 2)).toEqual({
      kind: 'too_large',
      refusal: { status: 413, type: 'http_413', reason: '' },
    });
  });

  test('of status 400 says that something spoils it', () => {
    const error = { type: 'illegal_argument_exception', reason: 'id is too long' };
    expect(readBulkAnswer(answered(400, { error, status: 400 }), 2)).toEqual({
      kind: 'bad_request',
      refusal: { status: 400, ...error },
    });
  });

  test('of any other status may be another one next time, items or not', () => {
    const others = fc
      .integer({ min: 300, max: 599 })
      .filter((status) => status !== 400 && status !== 413);
    fc.assert(
      fc.property(others, (status) => {
        expect(readBulkAnswer(answered(status, { items }), 2)).toMatchObject({
          kind: 'again',
          refusal: { status, type: `http_${status}` },
        });
      }),
    );
  });

  test('is read whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 599 }),
        fc.oneof(fc.json(), fc.string()),
        (status, body) => {
          expect(readBulkAnswer(answered(status, body), 1).kind).toMatch(
            /^(items|too_large|bad_request|again)$/,
          );
        },
      ),
    );
  });
});

describe('a refusal', () => {
  test.each<[string, unknown]>([
    ['an error that is text', { error: 'no handler found' }],
    ['an error of unknown form', { error: { type: 5, reason: null } }],
    ['a list', []],
    ['a gateway’s page', '<html>'],
  ])('in %s is known by its status', (_, body) => {
    expect(refusalIn(answered(502, body))).toEqual({ status: 502, type: 'http_502', reason: '' });
  });

  test('says what OpenSearch said', () => {
    const error = { type: 'security_exception', reason: 'no permissions' };
    expect(refusalIn(answered(403, { error }))).toEqual({ status: 403, ...error });
  });

  test.each(['Message', 'message'])('has the %s of what stands before OpenSearch', (name) => {
    const reason = 'User: anonymous is not authorized to perform: es:ESHttpPost';
    expect(refusalIn(answered(403, { [name]: reason }))).toEqual({
      status: 403,
      type: 'http_403',
      reason,
    });
  });
});
