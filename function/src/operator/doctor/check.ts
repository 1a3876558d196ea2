import type { Heading } from './heading.ts';

/** How a check came out. `warning` works and costs something, or will not work for long; `skipped` could not be looked at. */
export type Status = 'ok' | 'warning' | 'wrong' | 'skipped';

/** One thing that was looked at. */
export type Check = {
  readonly name: string;
  readonly status: Status;
  /** What was found, in a sentence or less; of what is skipped, why. */
  readonly finding: string;
  /** What to do. A line that begins with two spaces is a command, to be pasted as it is. */
  readonly cure?: string;
  /** The heading of docs/operations.md that says more. */
  readonly heading?: Heading;
};

/** What a check is about. */
export type Group =
  | 'identity'
  | 'parameter'
  | 'table'
  | 'function'
  | 'OpenSearch'
  | 'index'
  | 'dead letters'
  | 'operations';

/** A check and what it is about; `subject` is the name of the table, function or index. */
export type GroupedCheck = Check & { readonly group: Group; readonly subject?: string };

/** Nothing is wrong. */
export const ok = (name: string, finding: string): Check => ({ name, status: 'ok', finding });

/** It works, and the operator should know. */
export const warning = (name: string, finding: string, cure: string, heading?: Heading): Check =>
  check('warning', name, { finding, cure, heading });

/** It does not work. */
export const wrong = (name: string, finding: string, cure: string, heading?: Heading): Check =>
  check('wrong', name, { finding, cure, heading });

/** It was not looked at, for this reason. */
export const skipped = (name: string, finding: string): Check => ({
  name,
  status: 'skipped',
  finding,
});

type Words = {
  readonly finding: string;
  readonly cure: string;
  readonly heading?: Heading | undefined;
};

const check = (status: Status, name: string, { finding, cure, heading }: Words): Check => ({
  name,
  status,
  finding,
  ...(cure !== '' && { cure }),
  ...(heading !== undefined && { heading }),
});

/** Puts checks under what they are about. */
export const grouped = (
  checks: readonly Check[],
  group: Group,
  subject?: string,
): readonly GroupedCheck[] =>
  checks.map((one) => ({ ...one, group, ...(subject !== undefined && { subject }) }));

/** A count with its noun: `1 item`, `2 items`. */
export const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
