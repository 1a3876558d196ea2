import { at, elementsOf, type Fields, isFields } from '../../core/json-value.ts';
import { type Part, PHASES, type RunRequest } from './order.ts';

/** What the function is asked: a step of a run, doctor's checks, or the widget of the dashboard. */
export type OperateRequest =
  | { readonly kind: 'run'; readonly request: RunRequest }
  | {
      readonly kind: 'doctor';
      readonly isProbing: boolean;
      /** Undefined for all. */
      readonly tables: readonly string[] | undefined;
    }
  | { readonly kind: 'widget'; readonly isDescription: boolean };

/** Reads an event. @throws Error in one sentence when it is none of these */
export const parseRequest = (event: unknown): OperateRequest => {
  const fields = isFields(event) ? event : {};
  if (fields['describe'] === true) return { kind: 'widget', isDescription: true };
  if (isFields(fields['widgetContext'])) return { kind: 'widget', isDescription: false };
  const { step } = fields;
  switch (step) {
    case 'begin':
      return { kind: 'run', request: { step, ...beginning(fields) } };
    case 'slice':
      return { kind: 'run', request: { step, run: runIn(fields), part: fields['part'] } };
    case 'next':
      return { kind: 'run', request: { step, run: runIn(fields) } };
    case 'doctor':
      return { kind: 'doctor', ...examination(fields) };
    default:
      throw new Error(
        'The event is no request that this function knows: it takes those of the state machine of modules/operations, of doctor --remote and of a custom widget of CloudWatch.',
      );
  }
};

const beginning = (fields: Fields) => {
  const { concurrency } = fields;
  if (typeof concurrency !== 'number' || !Number.isInteger(concurrency) || concurrency < 1)
    throw new Error('The request to begin has no concurrency, a whole number from 1 on.');
  return { run: runIn(fields), order: fields['order'], concurrency };
};

// It becomes part of keys in S3: what is no name of an execution would lead elsewhere.
const RUN = /^[\w-]{1,80}$/;

const runIn = ({ run }: Fields): string => {
  if (typeof run === 'string' && RUN.test(run)) return run;
  throw new Error('The request has no run: the name of an execution of the state machine.');
};

const examination = (fields: Fields) => {
  const { tables } = fields;
  return {
    isProbing: fields['probe'] === true,
    tables: Array.isArray(tables) ? elementsOf(tables).map(String) : undefined,
  };
};

/** Reads a part of a phase. @throws Error when it is none */
export const parsePart = (value: unknown): Part => {
  const phase = PHASES.find((known) => known === at(value, 'phase'));
  const table = at(value, 'table');
  const [segment, of] = [at(value, 'segment'), at(value, 'of')];
  if (phase && typeof table === 'string' && typeof segment === 'number' && typeof of === 'number')
    return { phase, table, segment, of };
  throw new Error(`There is no such part of a run: ${JSON.stringify(value)}.`);
};
