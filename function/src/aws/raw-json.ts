import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type Moment, momentNow } from '../moment.ts';

/** One step of the SDK's way to an answer: it calls the next one. */
export type Step = <Argument, Result>(
  next: (argument: Argument) => Promise<Result>,
) => (argument: Argument) => Promise<Result>;

/** The JSON of an answer, its `Date`, and when its request was sent. */
export type TakenJson = { readonly json: string; readonly date: string; readonly sentAt: Moment };

/** Middleware for the end of the SDK's step `serialize`: it sends this JSON in place of its own. */
export const sendJson =
  (json: string): Step =>
  (next) =>
  (argument) => {
    const request = memberOf(argument, 'request');
    if (isObject(request)) Object.assign(request, { body: json });
    return next(argument);
  };

/**
 * Middleware for the end of the SDK's step `deserialize`: it hands over the JSON of a success and
 * leaves the SDK an empty object.
 */
export const takeJson =
  (onJson: (taken: TakenJson) => void): Step =>
  (next) =>
  async (argument) => {
    const sentAt = momentNow();
    const result = await next(argument);
    const response = memberOf(result, 'response');
    const body = memberOf(response, 'body');
    if (memberOf(response, 'statusCode') === 200 && body instanceof Readable) {
      const date = String(memberOf(memberOf(response, 'headers'), 'date'));
      onJson({ json: await text(body), date, sentAt });
      Object.assign(Object(response), { body: Readable.from([Buffer.from('{}')]) });
    }
    return result;
  };

/**
 * Middleware for the end of the SDK's step `deserialize`: it hands over the `Date` of each answer and
 * when it came.
 */
export const takeDate =
  (onDate: (date: string, at: Moment) => void): Step =>
  (next) =>
  async (argument) => {
    const result = await next(argument);
    const date = memberOf(memberOf(memberOf(result, 'response'), 'headers'), 'date');
    if (typeof date === 'string') onDate(date, momentNow());
    return result;
  };

const memberOf = (value: unknown, name: string): unknown =>
  isObject(value) ? value[name] : undefined;

const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null;
