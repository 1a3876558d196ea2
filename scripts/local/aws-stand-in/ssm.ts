import { type Answer, jsonAnswer, jsonError } from './answer.ts';
import type { TextFields } from './json-protocol.ts';
import type { AwsState } from './state.ts';

/** SSM GetParameter: by name or ARN, with or without a `:version` selector. */
export const getParameter = (fields: TextFields, { parameters }: AwsState): Answer => {
  const { name, selector } = parseName(fields.get('Name') ?? '');
  const versions = versionsOf(name, parameters);
  if (versions === undefined) return jsonError('ParameterNotFound', '');
  const version = selector === undefined ? versions.length : Number(selector);
  const value = versions[version - 1];
  if (value === undefined) {
    const message = `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`;
    return jsonError('ParameterVersionNotFound', message);
  }
  return jsonAnswer(200, {
    Parameter: { ...described(name, selector), Value: value, Version: version },
  });
};

const described = (name: string, selector: string | undefined): object => ({
  ARN: `${arnPrefix}${name.replace(/^\/?/, '/')}`,
  DataType: 'text',
  LastModifiedDate: 0,
  Name: name,
  ...(selector !== undefined && { Selector: `:${selector}` }),
  Type: 'String',
});

const arnPrefix = 'arn:aws:ssm:us-east-1:000000000000:parameter';

const parseName = (text: string): { name: string; selector: string | undefined } => {
  const [name = '', selector] = text.replace(arnStart, '').split(':');
  return { name, selector };
};

const arnStart = /^arn:aws[\w-]*:ssm:[\w-]*:\d*:parameter/;

// In an ARN one cannot see whether the name itself starts with a slash.
const versionsOf = (
  name: string,
  parameters: AwsState['parameters'],
): readonly string[] | undefined => parameters.get(name) ?? parameters.get(name.replace(/^\//, ''));
