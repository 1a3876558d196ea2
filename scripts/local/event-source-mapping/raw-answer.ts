import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** One step of the SDK's way to an answer: it calls the next one and returns what that returned. */
export type AnswerStep = <Argument, Result extends { response: unknown }>(
  next: (argument: Argument) => Promise<Result>,
) => (argument: Argument) => Promise<Result>;

/** Keeps the text of an answer before the SDK turns it into objects. */
export interface RawAnswer {
  /** To be added to a command as its innermost `deserialize` middleware. */
  readonly step: AnswerStep;
  text(): string;
}

/**
 * Keeps the text of one answer: the SDK loses the value of an attribute called `__proto__`, and turns base64 and seconds
 * into objects which an event then has as base64 and seconds again.
 */
export const keepRawAnswer = (): RawAnswer => {
  let text = '';
  const step: AnswerStep = (next) => async (argument) => {
    const result = await next(argument);
    const { response } = result;
    if (hasStreamBody(response)) {
      const bytes = await buffer(response.body);
      text = bytes.toString('utf8');
      response.body = Readable.from([bytes]);
    }
    return result;
  };
  return { step, text: () => text };
};

const hasStreamBody = (response: unknown): response is { body: Readable } =>
  typeof response === 'object' &&
  response !== null &&
  'body' in response &&
  response.body instanceof Readable;
