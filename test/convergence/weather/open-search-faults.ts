import {
  answering,
  cutAfter,
  cutBefore,
  failingItems,
  silentAfter,
  stallingAfter,
} from '../../support/faults.ts';
import {
  always,
  killingAfter,
  killingBefore,
  ofBulk,
  type Powers,
  rewriting,
  slowly,
  type Treatment,
  truncated,
} from './treatment.ts';

/** What can become of the function's requests to OpenSearch. */
export const OPENSEARCH_FAULTS = {
  'request 429': () => always(answering(429)),
  'request 503': () => always(answering(503, '<html>')),
  'items 429': () => ofBulk(failingItems((id) => (isEven(id) ? { status: 429 } : undefined))),
  'items 503': () => ofBulk(failingItems((id) => (isEven(id) ? undefined : { status: 503 }))),
  'reset before it is applied': () => always(cutBefore),
  'reset after it was applied': () => always(cutAfter),
  'applied and never answered': () => always(silentAfter),
  'answer that stops halfway': () => ofBulk(stallingAfter),
  'truncated answer': () => ofBulk(truncated),
  'answer that is no JSON': () => ofBulk(rewriting(() => '<html>502 Bad Gateway</html>')),
  'answer with too few items': () => ofBulk(rewriting(withoutLastItem)),
  'slow answer': () => always(slowly),
  'applied after the function gave up': ({ hold }: Powers) =>
    ofBulk((request) => {
      hold(request);
      return 'silence';
    }),
  'killed before OpenSearch applies': (powers: Powers) => always(killingBefore(powers)),
  'killed after OpenSearch applied': (powers: Powers) => always(killingAfter(powers)),
} satisfies Readonly<Record<string, (powers: Powers) => Treatment>>;

/** What can become of an operator command's requests to OpenSearch. */
export const OPERATOR_FAULTS = {
  'operator: request 429': () => always(answering(429)),
  'operator: items 503': () =>
    ofBulk(failingItems((id) => (isEven(id) ? { status: 503 } : undefined))),
  'operator: reset before it is applied': () => always(cutBefore),
  'operator: reset after it was applied': () => always(cutAfter),
  'operator: truncated answer': () => ofBulk(truncated),
  'operator: slow answer': () => always(slowly),
} satisfies Readonly<Record<string, () => Treatment>>;

const isEven = (id: string): boolean => id.charCodeAt(id.length - 1) % 2 === 0;

const withoutLastItem = (body: string): string => {
  const { items = [] }: { items?: readonly unknown[] } = JSON.parse(body);
  return JSON.stringify({ items: items.slice(0, -1) });
};
