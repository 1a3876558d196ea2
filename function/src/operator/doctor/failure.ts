import { causeNameOf, messageOf } from '../../aws/service-error.ts';
import { type Check, warning, wrong } from './check.ts';

/** Whether somebody may not do something. */
export const isDenied = (error: unknown): boolean =>
  /^AccessDenied(Exception)?$|^AuthorizationError$|^UnauthorizedOperation$/.test(
    causeNameOf(error),
  );

/**
 * What a failed question to AWS makes of a check. The operator may lack a permission that the function
 * has: that alone is a warning, for nobody knows.
 */
export const failed = (name: string, error: unknown, permission: string): Check =>
  isDenied(error)
    ? warning(name, messageOf(error), `Allow ${permission} to whoever runs this command.`)
    : wrong(name, messageOf(error), 'If it does not pass by itself, it names what refused.');
