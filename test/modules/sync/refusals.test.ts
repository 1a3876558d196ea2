import { beforeAll, describe, expect, test } from 'vitest';
import { messagesOfRefusals } from '../refused.ts';
import { refusals } from './refusals.ts';

let messages: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  messages = await messagesOfRefusals(refusals, COMPLETE);
});

const COMPLETE = {
  source: '../../modules/sync',
  name: 'shop-prod',
  opensearch: { domain_name: 'shop' },
  tables: { Orders: {} },
};

describe('what cannot work is refused with one message, which says what would:', () => {
  test.each(refusals)('%s', (name, _, message) => {
    expect(messages.get(name)).toEqual([message]);
  });

  test('and nothing else is', () => {
    expect(messages.size).toBe(refusals.length);
  });
});
