import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import { elementsOf, parseJson } from '../../function/src/core/json-value.ts';
import { Hindered } from '../../function/src/operator/remote/hindered.ts';
import { operate } from '../../function/src/operator/remote/operate.ts';
import type { NextPhase, Part, SliceAnswer } from '../../function/src/operator/remote/order.ts';
import { parsePart } from '../../function/src/operator/remote/parse-request.ts';
import { PARAMETER } from './function-stage.ts';
import type { OperatorStage } from './operator-stage.ts';

/** How a test has a run carried out, where it is not the usual. */
export type RunParts = {
  /** Its name, for one that has begun already. */
  readonly run?: string;
  /** The time that an invocation for a slice is given. */
  readonly sliceMilliseconds?: number;
  readonly concurrency?: number;
  /** Takes the slices of a part in another way than one after the other. */
  readonly slice?: (part: Part, take: TakeSlice) => Promise<SliceAnswer>;
};

/** Has a slice of a part taken, within the usual time or another one. */
export type TakeSlice = (milliseconds?: number) => Promise<SliceAnswer>;

/** What a run has come to. */
export type EndedRun = {
  readonly name: string;
  /** How many were taken. */
  readonly slices: number;
  readonly answer: Extract<NextPhase, { readonly is_done: true }>;
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what lies where
  readonly report: any;
  /** The lines that were found. */
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what it planted
  readonly lines: readonly any[];
};

/**
 * Does in this process what the state machine does: begins a run, works on all parts of each phase at
 * once, slice after slice, and asks what is next, until nothing is. What is hindered is tried again.
 */
export const runToEnd = async (
  stage: OperatorStage,
  order: object,
  parts: RunParts = {},
): Promise<EndedRun> => {
  const name = parts.run ?? newRunName();
  let slices = 0;
  let answer = await begin(name, order, parts);
  while (!answer.is_done) {
    slices += await workOnPhase(answer, { ...parts, run: name, stage });
    answer = await ask<NextPhase>({ step: 'next', run: name });
  }
  return {
    name,
    slices,
    answer,
    report: parseJson(stored(stage, answer.report.key)),
    lines: linesBelow(stage, `operations/${name}/differences/`),
  };
};

let runs = 0;

/** A name that no other run of this process has. */
export const newRunName = (): string => `run-${process.pid}-${++runs}`;

const USUAL_MILLISECONDS = 60_000;
const USUAL_CONCURRENCY = 4;

/** Begins a run. */
export const begin = (
  run: string,
  order: object,
  { concurrency = USUAL_CONCURRENCY }: Pick<RunParts, 'concurrency'> = {},
): Promise<NextPhase> => ask({ step: 'begin', run, order, concurrency });

type Work = RunParts & { readonly run: string; readonly stage: OperatorStage };

const workOnPhase = async (
  { manifest }: Extract<NextPhase, { readonly is_done: false }>,
  { stage, ...work }: Work,
): Promise<number> => {
  let slices = 0;
  const workOnPart = async (part: Part) => {
    const take: TakeSlice = (milliseconds = work.sliceMilliseconds) => {
      slices++;
      return takeSlice(work.run, part, milliseconds);
    };
    for (let isDone = false; !isDone; )
      ({ is_done: isDone } = await unlessHindered(() => work.slice?.(part, take) ?? take()));
  };
  await Promise.all(partsIn(stage, manifest.key).map(workOnPart));
  return slices;
};

/** The parts of a manifest. */
export const partsIn = (stage: OperatorStage, key: string): readonly Part[] =>
  elementsOf(parseJson(stored(stage, key))).map(parsePart);

/** Has one slice of a part taken. @throws Hindered, and what fails the part */
export const takeSlice = (run: string, part: Part, milliseconds?: number): Promise<SliceAnswer> =>
  ask({ step: 'slice', run, part }, milliseconds);

const unlessHindered = async (take: () => Promise<SliceAnswer>): Promise<SliceAnswer> => {
  try {
    return await take();
  } catch (error) {
    if (!(error instanceof Hindered)) throw error;
    await sleep(100);
    return { is_done: false };
  }
};

/** Invokes the function of operations in this process. */
export const ask = async <Answer>(
  request: object,
  milliseconds = USUAL_MILLISECONDS,
): Promise<Answer> => {
  process.env['CONFIG_PARAMETER'] = PARAMETER;
  const until = performance.now() + milliseconds;
  const context: Pick<Context, 'functionName' | 'getRemainingTimeInMillis'> = {
    functionName: 'stage-operations',
    getRemainingTimeInMillis: () => Math.max(0, until - performance.now()),
  };
  // What Lambda passes on is JSON, and of a context no more is used.
  const answer = await operate(JSON.parse(JSON.stringify(request)), context as Context);
  return JSON.parse(JSON.stringify(answer));
};

const stored = ({ awsState, name }: OperatorStage, key: string): string =>
  awsState.objects.get(`${name}/${key}`)?.toString() ?? '';

/** Without what a slice has left that was killed, and repeated to another end. */
const linesBelow = (stage: OperatorStage, prefix: string): readonly unknown[] =>
  [...stage.awsState.objects.keys()]
    .map((path) => path.slice(stage.name.length + 1))
    .filter((key) => key.startsWith(prefix) && isOfItsPart(stage, key))
    .flatMap((key) => stored(stage, key).split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

const isOfItsPart = (stage: OperatorStage, key: string): boolean => {
  const [, part = '', number] = /^(.*)-(\d+)\.ndjson$/.exec(key) ?? [];
  const state = parseJson(stored(stage, `${part.replace('/differences/', '/parts/')}.json`));
  return Number(number) < Number(Object(state).files);
};
