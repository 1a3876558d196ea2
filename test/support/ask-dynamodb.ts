import { askAws } from './ask-aws.ts';

/**
 * Asks a DynamoDB that checks no signatures, in its own JSON: unlike the SDK, which loses an attribute
 * called `__proto__`. Throws unless the answer is a success.
 */
export const askDynamoDB = (
  url: string,
  operation: string,
  request: object | string,
): Promise<string> =>
  askAws(url, { service: 'dynamodb', operation: `DynamoDB_20120810.${operation}` }, request);
