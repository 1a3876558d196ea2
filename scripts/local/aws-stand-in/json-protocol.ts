import { type Answer, type AwsRequest, jsonError } from './answer.ts';
import { getSecretValue } from './secrets-manager.ts';
import { getParameter } from './ssm.ts';
import type { AwsState } from './state.ts';

/** The fields of a request that are texts; the actions here need no others. */
export type TextFields = ReadonlyMap<string, string>;

/** Answers a request of a service whose protocol is JSON 1.1 and whose action stands in `x-amz-target`. */
export const answerJson = (request: AwsRequest, state: AwsState): Answer => {
  const action = request.header('x-amz-target') ?? '';
  const fields = textFields(request.body);
  if (fields === undefined) return jsonError('SerializationException', 'The body is not JSON.');
  switch (action) {
    case 'AmazonSSM.GetParameter':
      return getParameter(fields, state);
    case 'secretsmanager.GetSecretValue':
      return getSecretValue(fields, state);
    default:
      return jsonError('UnknownOperationException', `This AWS stand-in does not know ${action}.`);
  }
};

const textFields = (body: Buffer): TextFields | undefined => {
  try {
    const fields: [string, unknown][] = Object.entries(JSON.parse(body.toString()));
    return new Map(
      fields.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    );
  } catch {
    return undefined;
  }
};
