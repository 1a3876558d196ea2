import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACCOUNT, REGION } from '../../support/aws-account.ts';

const DEFINITION = join(import.meta.dirname, '../../../modules/operations/operations.asl.json');

/** The state machine's definition as Terraform renders it, for a function of that name. */
export const renderedDefinition = (functionName: string): string => {
  const values = new Map([
    ['partition', 'aws'],
    ['function_arn', `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${functionName}`],
    ['concurrency', '10'],
  ]);
  return readFileSync(DEFINITION, 'utf8').replaceAll(
    /\$\{(\w+)\}/g,
    (placeholder, name: string) => {
      const value = values.get(name);
      if (value === undefined) throw new Error(`nobody has said what ${placeholder} is`);
      return value;
    },
  );
};
