import { faultOf } from '../../aws/fault.ts';
import { messageOf, ServiceError } from '../../aws/service-error.ts';
import { OpenSearchRefusal } from '../open-search-refusal.ts';

/** Nothing could be done for a reason that may pass; Step Functions knows it by this name, and tries again later. */
export class Hindered extends Error {
  override readonly name = 'Hindered';

  constructor(reason: string, cause?: unknown) {
    super(`Nothing could be done, it is tried again later: ${reason}`, { cause });
  }
}

/** What is to be thrown in place of an error: a Hindered where its reason may pass. */
export const asHindered = (error: unknown): unknown =>
  mayPass(error) ? new Hindered(messageOf(error), error) : error;

const mayPass = (error: unknown): boolean => {
  if (error instanceof ServiceError) return faultOf(error) !== 'lasting';
  if (!(error instanceof OpenSearchRefusal) || error.refusal === undefined) return false;
  const { status } = error.refusal;
  return status === 0 || status === 429 || status >= 500;
};
