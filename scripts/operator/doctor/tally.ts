import type { GroupedCheck, Status } from '../../../function/src/operator/doctor/check.ts';
import { grouped } from '../../terminal/figures.ts';

/** How many checks came out how. */
export type Tally = { readonly [status in Status]: number };

/** Counts checks by how they came out. */
export const tallyOf = (checks: readonly GroupedCheck[]): Tally => {
  const count = (status: Status) => checks.filter((check) => check.status === status).length;
  return {
    ok: count('ok'),
    warning: count('warning'),
    wrong: count('wrong'),
    skipped: count('skipped'),
  };
};

/** Whether nothing was found out: AWS does not know us, or cannot be reached, and says nothing of what is to be looked at. */
export const isUntold = (checks: readonly GroupedCheck[]): boolean =>
  checks.some(({ name, status }) => name === 'credentials' && status !== 'ok') &&
  checks.some(({ group, status }) => group === 'table' && status === 'skipped');

/** The last line: whether something is wrong, and how sure that is. */
export const tallyLine = ({ ok, warning, wrong, skipped }: Tally): string => {
  const verdict = wrong === 0 ? 'Nothing is wrong' : `${things(wrong)} wrong`;
  const rest = [
    `${ok} ✓`,
    ...(warning > 0 ? [`${warning} !`] : []),
    ...(wrong > 0 ? [`${wrong} ✗`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return `${verdict}: ${rest.join(', ')}`;
};

const things = (count: number): string =>
  count === 1 ? 'One thing is' : `${grouped(count)} things are`;
