/** A call to an AWS service that failed for good, with what the operator can do. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';

  constructor(service: string, action: string, cause: unknown) {
    super(`${service} did not ${action}: ${explain(cause)}`, { cause });
  }
}

/** What an error says, whatever was thrown. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** The name of what AWS, or the way to it, answered: that of the first error. */
export const causeNameOf = (error: unknown): string => {
  if (!(error instanceof Error)) return '';
  return error.cause instanceof Error ? error.cause.name : error.name;
};

const explain = (cause: unknown): string => {
  if (!(cause instanceof Error)) return String(cause);
  return isTimeout(cause)
    ? `${cause.name}, it could not be reached in time. A function in a VPC needs a route to it: an interface endpoint of the VPC, or a NAT gateway`
    : `${cause.name}: ${cause.message}`;
};

const isTimeout = (cause: Error): boolean =>
  cause.name === 'TimeoutError' ||
  cause.name === 'AbortError' ||
  ('code' in cause && ['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'].includes(String(cause.code)));
