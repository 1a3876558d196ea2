import { beforeAll, describe, expect, test } from 'vitest';
import { messagesOfRefusals } from '../refused.ts';
import { refusals } from './refusals.ts';

let messages: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  messages = await messagesOfRefusals(refusals, COMPLETE);
});

const COMPLETE = {
  source: '../../modules/operations',
  sync: {
    name: 'shop-prod',
    bucket_name: 'shop-prod-123456789012-eu-west-1',
    opensearch: { arn: 'arn:aws:es:eu-west-1:123456789012:domain/shop', service: 'es' },
    parameter_arn: 'arn:aws:ssm:eu-west-1:123456789012:parameter/shop-prod-configuration',
    parameter_name: 'shop-prod-configuration',
    parameter_version: 1,
    tables: Object.fromEntries(
      ['Orders', 'Users'].map((name) => [
        name,
        {
          arn: `arn:aws:dynamodb:eu-west-1:123456789012:table/${name}`,
          index: name.toLowerCase(),
        },
      ]),
    ),
  },
};

describe('what cannot work is refused with one message, which says what would:', () => {
  test.each(refusals)('%s', (name, _, message) => {
    expect(messages.get(name)).toEqual([message]);
  });

  test('and nothing else is', () => {
    expect(messages.size).toBe(refusals.length);
  });
});
