import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientSettings } from './client-settings.ts';
import { type Step, sendJson, type TakenJson, takeJson } from './raw-json.ts';

/** The client that all reading of items shares. */
export const client = new DynamoDBClient(clientSettings);

/** When items were read, by DynamoDB's clock and by ours. */
export type ReadTime = {
  /** The `Date` of DynamoDB's answer: whole seconds since 1970; NaN where the answer has none. */
  readonly seconds: number;
  /** When the request was sent, in monotonic milliseconds (`performance.now()`). */
  readonly at: number;
};

/** An answer of DynamoDB's, as JSON text. */
export type Exchanged = { readonly json: string; readonly readTime: ReadTime };

/** What a command needs to send one JSON and to return another. */
export type Exchange = {
  /** For the end of its step `serialize`. */
  readonly send: Step;
  /** For the end of its step `deserialize`. */
  readonly take: Step;
  /** What came back, by the last attempt. */
  readonly exchanged: () => Exchanged;
};

/**
 * Has a command send this JSON in place of its own, and keeps that of the answer. Streams speak the
 * same JSON; what the client makes of it loses the value of an attribute named `__proto__`.
 */
export const exchangeOf = (request: string): Exchange => {
  let exchanged: Exchanged = { json: '{}', readTime: { seconds: Number.NaN, at: 0 } };
  const keep = ({ json, date, sentAt }: TakenJson) => {
    exchanged = { json, readTime: { seconds: Date.parse(date) / 1000, at: sentAt } };
  };
  return { send: sendJson(request), take: takeJson(keep), exchanged: () => exchanged };
};

/** Where the parts of an {@link Exchange} stand in a command. */
export const SEND = { step: 'serialize', priority: 'low' } as const;
export const TAKE = { step: 'deserialize', priority: 'low' } as const;
