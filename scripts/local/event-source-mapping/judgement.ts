import type { InvocationResult } from '../lambda/invocation-result.ts';
import type { Settings } from './settings.ts';
import type { StreamRecord } from './source.ts';

/** What an invocation means for its batch; `firstFailed` is an index into the batch. */
export type Judgement =
  | { readonly kind: 'success' }
  | { readonly kind: 'failure' }
  | { readonly kind: 'partial'; readonly firstFailed: number };

const success: Judgement = { kind: 'success' };
const failure: Judgement = { kind: 'failure' };

/** Judges how an invocation ended: AWS's "success and failure conditions". */
export const judge = (
  result: InvocationResult,
  records: readonly StreamRecord[],
  settings: Settings,
): Judgement => {
  if (result.kind !== 'answered') return failure;
  if (!settings.reportBatchItemFailures) return success;
  return (
    judgeAnswer(parse(result.payload), records) ?? { kind: settings.undocumented.unlistedAnswer }
  );
};

// Undefined: AWS says nothing of such an answer.
const judgeAnswer = (answer: unknown, records: readonly StreamRecord[]): Judgement | undefined => {
  if (answer === null || (Array.isArray(answer) && answer.length === 0)) return success;
  if (typeof answer !== 'object' || Array.isArray(answer)) return undefined;
  const failures = memberOf(answer, 'batchItemFailures') ?? [];
  if (!Array.isArray(failures)) return undefined;
  if (failures.length === 0) return success;
  return judgeIdentifiers(failures.map(identifierOf), records);
};

const judgeIdentifiers = (
  identifiers: readonly unknown[],
  records: readonly StreamRecord[],
): Judgement | undefined => {
  if (identifiers.some((identifier) => identifier === null || identifier === '')) return failure;
  const positions = identifiers.map((identifier) =>
    records.findIndex(({ sequenceNumber }) => sequenceNumber === identifier),
  );
  // A batch is in the order of its sequence numbers, so the lowest position is the lowest number.
  return positions.includes(-1)
    ? undefined
    : { kind: 'partial', firstFailed: Math.min(...positions) };
};

// A "bad key name" leaves the identifier away, which AWS lists next to a null one.
const identifierOf = (item: unknown): unknown =>
  typeof item === 'object' && item !== null
    ? (memberOf(item, 'itemIdentifier') ?? null)
    : undefined;

const memberOf = (object: object, name: string): unknown => Reflect.get(object, name) ?? null;

const parse = (payload: string): unknown => {
  if (payload === '') return null;
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
};
