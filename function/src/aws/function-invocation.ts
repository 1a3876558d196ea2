import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { at, parseJson, textOf } from '../core/json-value.ts';
import { clientSettings } from './client-settings.ts';
import { ServiceError } from './service-error.ts';

// Lambda's own limit; no attempt is repeated by itself, for the first may still be at work.
const LONGEST_MILLISECONDS = 900_000;

const client = new LambdaClient({
  maxAttempts: 1,
  requestHandler: { ...clientSettings.requestHandler, requestTimeout: LONGEST_MILLISECONDS },
});

/**
 * Invokes a function, waits for it and returns its answer, a JSON value. @throws ServiceError when
 * Lambda does not let us, Error with the function's own words when that is what failed
 */
export const invokeFunction = async (
  name: string,
  payload: object,
  signal: AbortSignal,
): Promise<unknown> => {
  const { isError, answer } = await invoke(name, payload, signal);
  if (!isError) return answer;
  const said = textOf(at(answer, 'errorMessage')) ?? 'it ended without a word';
  throw new Error(`The function ${name} failed: ${said}`);
};

const invoke = async (name: string, payload: object, signal: AbortSignal) => {
  try {
    const command = new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(payload) });
    const { Payload: bytes, FunctionError: error } = await client.send(command, {
      abortSignal: signal,
    });
    return { isError: error !== undefined, answer: parseJson(bytes?.transformToString() ?? '') };
  } catch (cause) {
    throw new ServiceError('Lambda', `invoke the function ${name}`, cause);
  }
};
