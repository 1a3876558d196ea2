import type { GroupedCheck } from '../../../../function/src/operator/doctor/check.ts';

/** The check with this name, the first of them; throws with what there is when there is none. */
export const checkNamed = (checks: readonly GroupedCheck[], name: string): GroupedCheck => {
  const found = checks.find((check) => check.name === name);
  if (found !== undefined) return found;
  throw new Error(`no check is called ${name}: ${checks.map((check) => check.name).join(', ')}`);
};

/** What is not as it should be, a line each, without the cures. */
export const complaintsAmong = (checks: readonly GroupedCheck[]): readonly string[] =>
  checks
    .filter(({ status }) => status !== 'ok')
    .map(({ status, name, finding }) => `${status} ${name}: ${finding}`);
