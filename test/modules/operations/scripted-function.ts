import { PutObjectCommand } from '@aws-sdk/client-s3';
import type {
  NextPhase,
  Part,
  Phase,
  RunRequest,
  SliceAnswer,
} from '../../../function/src/operator/remote/order.ts';
import type { AwsAccount } from '../../support/aws-account.ts';
import type { Invoke } from '../../support/lambda-invoke.ts';

/** The bucket of manifests and results. */
export const BUCKET = 'orders-sync';

/** What the function says at each step; what is left out is done. */
export type Script = {
  readonly begin?: (times: number) => Awaitable<NextPhase | Mishap>;
  /** A slice of a part, which has been asked for so many times before. */
  readonly slice?: (segment: number, times: number) => Awaitable<SliceAnswer | Mishap>;
  readonly next?: (times: number) => Awaitable<NextPhase | Mishap>;
};

type Awaitable<T> = T | Promise<T>;

/** What comes instead of an answer. */
export type Mishap = Exclude<Awaited<ReturnType<Invoke>>, { readonly kind: 'answered' }>;

/** An error of the function's own. */
export const throws = (errorType: string, message: string): Mishap => ({
  kind: 'failed',
  requestId: 'request',
  errorType,
  message,
});

/** A function that follows a script, and what it was asked. */
export type ScriptedFunction = {
  readonly requests: readonly RunRequest[];
  /** How many slices were asked for at once, at most. */
  readonly mostAtOnce: () => number;
  /** The segments of which slices were asked for, each as often, in order. */
  readonly segments: () => readonly number[];
};

/** Has an account's function follow a script. */
export const follow = (
  account: AwsAccount,
  functionName: string,
  script: Script,
): ScriptedFunction => {
  const requests: RunRequest[] = [];
  const times = new Map<string, number>();
  let atOnce = 0;
  let mostAtOnce = 0;
  account.functions.set(functionName, async (event) => {
    const request: RunRequest = JSON.parse(event);
    requests.push(request);
    mostAtOnce = Math.max(mostAtOnce, ++atOnce);
    const before = times.get(event) ?? 0;
    times.set(event, before + 1);
    const answer = await answerOf(script, request, before);
    atOnce -= 1;
    if (answer === 'throttled' || 'kind' in answer) return answer;
    return { kind: 'answered', requestId: 'request', payload: JSON.stringify(answer) };
  });
  return {
    requests,
    mostAtOnce: () => mostAtOnce,
    segments: () => requests.flatMap((request) => segmentOf(request)).toSorted((a, b) => a - b),
  };
};

/** The answer after which nothing is left to do. */
export const DONE: NextPhase = {
  is_done: true,
  verdict: 'well',
  report: { bucket: BUCKET, key: 'operations/report.json' },
};

/** What a phase is made of: so many parts, so many at once. */
export type PhaseParts = {
  readonly phase: Phase;
  readonly parts: number;
  readonly concurrency?: number;
};

/** Stores a phase's manifest, and answers with the phase. */
export const layOut = async (
  { s3 }: AwsAccount,
  { phase, parts, concurrency = 10 }: PhaseParts,
): Promise<NextPhase> => {
  const manifest = { bucket: BUCKET, key: `operations/phases/${phase}-${parts}.json` };
  const Body = JSON.stringify(
    Array.from(
      { length: parts },
      (_, segment): Part => ({ phase, table: 'Orders', segment, of: parts }),
    ),
  );
  await s3.send(new PutObjectCommand({ Bucket: manifest.bucket, Key: manifest.key, Body }));
  const results = { bucket: BUCKET, prefix: 'operations/results' };
  return { is_done: false, phase, manifest, results, concurrency };
};

const answerOf = (script: Script, request: RunRequest, before: number) => {
  switch (request.step) {
    case 'begin':
      return script.begin?.(before) ?? DONE;
    case 'slice':
      return script.slice?.(partOf(request).segment, before) ?? { is_done: true };
    case 'next':
      return script.next?.(before) ?? DONE;
  }
};

const segmentOf = (request: RunRequest): readonly number[] =>
  request.step === 'slice' ? [partOf(request).segment] : [];

const partOf = ({ part }: { readonly part: unknown }): Part => JSON.parse(JSON.stringify(part));
