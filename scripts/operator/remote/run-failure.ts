import type { Execution } from '../../../function/src/aws/state-machine.ts';
import { at, parseJson, textOf } from '../../../function/src/core/json-value.ts';
import { grouped } from '../../terminal/figures.ts';
import type { SeenRun } from './course.ts';

/** What has ended a run before its end, in a sentence. */
export const failureOf = ({ execution, course }: SeenRun): string => {
  const { name, status } = execution;
  if (status === 'ABORTED') return `${name} was stopped${because(execution.cause)}.`;
  const { failures = [], hindrances = [] } = course ?? {};
  // Of parts Step Functions says only that they failed: for good, or by waiting too long.
  const [reasons = []] = [failures, hindrances, [reasonOf(execution)]].filter(
    ({ length }) => length > 0,
  );
  return `${name} ${status === 'TIMED_OUT' ? 'ran out of time' : 'has failed'}: ${joined(reasons)}`;
};

const because = (cause: string | undefined): string => (cause ? `: ${cause}` : '');

const MOST_REASONS = 3;

const joined = (reasons: readonly string[]): string => {
  const shown = reasons.slice(0, MOST_REASONS).map(asSentence).join(' ');
  const left = reasons.length - MOST_REASONS;
  return left > 0 ? `${shown} And ${grouped(left)} more.` : shown;
};

/** What a function said is JSON, with our sentence in it; anything else Step Functions says itself. */
const reasonOf = ({ error, cause }: Execution): string => {
  const said = textOf(at(parseJson(cause ?? ''), 'errorMessage'));
  return said ?? ([error, cause].filter(Boolean).join(': ') || 'Step Functions does not say why');
};

const asSentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
