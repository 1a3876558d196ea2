import { messageOf } from '../aws/service-error.ts';
import { OpenSearchRefusal } from './open-search-refusal.ts';

/**
 * Told what keeps work from going on, and how long, in milliseconds, that is borne before it is given
 * up; of undefined once the work goes on.
 */
export type OnHindrance = (cause: string | undefined, leftMilliseconds?: number) => void;

/** Of what was thrown, what keeps work from going on: who it is first, and no more than a line. */
export const hindranceIn = (error: unknown): string =>
  error instanceof OpenSearchRefusal && error.refusal
    ? `OpenSearch: ${error.refusal.type}`
    : messageOf(error);
