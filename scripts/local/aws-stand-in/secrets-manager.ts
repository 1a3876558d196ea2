import { type Answer, jsonAnswer, jsonError } from './answer.ts';
import type { TextFields } from './json-protocol.ts';
import type { AwsState } from './state.ts';

/** Secrets Manager GetSecretValue, of the current version. */
export const getSecretValue = (fields: TextFields, { secrets }: AwsState): Answer => {
  if (fields.has('VersionId') || (fields.get('VersionStage') ?? 'AWSCURRENT') !== 'AWSCURRENT') {
    const message = 'This AWS stand-in knows GetSecretValue of the current version only.';
    return jsonError('InvalidRequestException', message);
  }
  const id = fields.get('SecretId') ?? '';
  const secret = secrets.get(id);
  if (secret === undefined) {
    const message = "Secrets Manager can't find the specified secret.";
    return jsonError('ResourceNotFoundException', message);
  }
  return jsonAnswer(200, {
    ARN: id.startsWith('arn:') ? id : `arn:aws:secretsmanager:us-east-1:000000000000:secret:${id}`,
    Name: id,
    SecretString: secret,
    VersionStages: ['AWSCURRENT'],
  });
};
