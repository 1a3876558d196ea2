import type { ProxiedRequest } from '../../support/fault-proxy.ts';
import { answering, cutAfter, cutBefore } from '../../support/faults.ts';
import {
  always,
  killingAfter,
  killingBefore,
  type Powers,
  slowly,
  type Treatment,
} from './treatment.ts';

/** What can become of the function's requests that store dead letters. */
export const LETTER_FAULTS = {
  'S3 503': () => always(answering(503)),
  'S3 reset before it stores': () => always(cutBefore),
  'S3 reset after it stored': () => always(cutAfter),
  'S3 slow': () => always(slowly),
  'killed before S3 stores': (powers: Powers) => always(killingBefore(powers)),
  'killed after S3 stored': (powers: Powers) => always(killingAfter(powers)),
} satisfies Readonly<Record<string, (powers: Powers) => Treatment>>;

/** What can become of the function's requests for its configuration and for the password. */
export const PARAMETER_FAULTS = {
  'parameter 500': () => always(answering(500)),
  'parameter denied': () => always(answering(400, { __type: 'AccessDeniedException' })),
  'parameter reset': () => always(cutBefore),
  'parameter silence': () => always(() => 'silence'),
} satisfies Readonly<Record<string, () => Treatment>>;

/** What can become of the function's requests for items. */
export const READ_FAULTS = {
  'DynamoDB throttled': () =>
    always(answering(400, { __type: 'ProvisionedThroughputExceededException' })),
  'DynamoDB 500': () => always(answering(500, { __type: 'InternalServerError' })),
  'DynamoDB reset': () => always(cutBefore),
  'DynamoDB leaves keys unread': () => (request) => answering(200, unread(request)),
  'killed after DynamoDB answered': (powers: Powers) => always(killingAfter(powers)),
} satisfies Readonly<Record<string, (powers: Powers) => Treatment>>;

const unread = ({ body }: ProxiedRequest): object => {
  const { RequestItems }: { RequestItems: { readonly [table: string]: unknown } } = JSON.parse(
    body.toString(),
  );
  const Responses = Object.fromEntries(Object.keys(RequestItems).map((table) => [table, []]));
  return { Responses, UnprocessedKeys: RequestItems };
};
