import {
  type $Command,
  DynamoDBClient,
  type DynamoDBClientResolvedConfig,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-dynamodb';
import { type Moment, momentNow } from '../moment.ts';
import { clientSettings } from './client-settings.ts';
import { sendJson, type TakenJson, takeJson } from './raw-json.ts';

/** The client that all questions to DynamoDB share. */
export const client = new DynamoDBClient(clientSettings);

/** When items were read, by DynamoDB's clock and by ours. */
export type ReadTime = {
  /** The `Date` of DynamoDB's answer: whole seconds since 1970; NaN where the answer has none. */
  readonly seconds: number;
  /** When the request was sent. */
  readonly at: Moment;
};

/** An answer of DynamoDB's, as JSON text. */
export type Exchanged = { readonly json: string; readonly readTime: ReadTime };

/**
 * Sends this JSON in place of the command's own, and returns that of the answer. Streams speak the
 * same JSON; what the client makes of it loses the value of an attribute named `__proto__`.
 */
export const exchange = async <Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
  command: $Command<
    Input,
    Output,
    DynamoDBClientResolvedConfig,
    ServiceInputTypes,
    ServiceOutputTypes
  >,
  request: string,
  signal: AbortSignal,
): Promise<Exchanged> => {
  let exchanged: Exchanged = { json: '{}', readTime: { seconds: Number.NaN, at: momentNow() } };
  const keep = ({ json, date, sentAt }: TakenJson) => {
    exchanged = { json, readTime: { seconds: Date.parse(date) / 1000, at: sentAt } }; // by the last attempt
  };
  command.middlewareStack.add(sendJson(request), { step: 'serialize', priority: 'low' });
  command.middlewareStack.add(takeJson(keep), { step: 'deserialize', priority: 'low' });
  await client.send(command, { abortSignal: signal });
  return exchanged;
};
