import { type Answer, refusalIn } from '../../core/answer.ts';
import type { ReadAnswer } from '../../core/held-document.ts';

/**
 * What an answer of OpenSearch's says. The edge: of a success we trust that it has the form that the
 * documentation names; where `valueIn` throws, it is no answer.
 */
export const readAs = <Form, Value>(
  answer: Answer,
  valueIn: (body: Form) => Value,
): ReadAnswer<Value> => {
  if (answer.kind === 'answered' && answer.status === 200) {
    try {
      return { kind: 'read', value: valueIn(JSON.parse(answer.body)) };
    } catch {} // half an answer, or another's
  }
  return { kind: 'refused', refusal: refusalIn(answer) };
};

/** Whether there is no such index. */
export const isMissing = (answer: Answer): boolean =>
  answer.kind === 'answered' &&
  answer.status === 404 &&
  refusalIn(answer).type === 'index_not_found_exception';
