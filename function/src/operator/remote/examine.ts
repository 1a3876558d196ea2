import { createLog } from '../../log.ts';
import type { GroupedCheck } from '../doctor/check.ts';
import { examine } from '../doctor/doctor.ts';
import type { OperateRequest } from './parse-request.ts';

/** What doctor finds from inside the network, as this function: everything, or what is not of other tables. */
export const examineFromWithin = async (
  { isProbing, tables }: Extract<OperateRequest, { readonly kind: 'doctor' }>,
  signal: AbortSignal,
): Promise<{ readonly checks: readonly GroupedCheck[] }> => {
  const examination = {
    parameter: process.env['CONFIG_PARAMETER'] ?? '',
    region: process.env['AWS_REGION'],
    // What the engines would log is what the checks say.
    log: createLog('ERROR', () => undefined),
    isProbing,
    signal,
  };
  const checks: GroupedCheck[] = [];
  for await (const check of examine(examination))
    if (check.group !== 'table' || (tables?.includes(check.subject ?? '') ?? true))
      checks.push(check);
  return { checks };
};
