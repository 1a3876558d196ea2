import { at, type Fields, isFields, textOf } from '../../../function/src/core/json-value.ts';
import { VERIFY_PHASES } from '../../../function/src/operator/remote/order.ts';
import type { ToldDifference } from '../../../function/src/operator/verify/difference-json.ts';
import {
  differencesIn,
  type VerificationCounts,
} from '../../../function/src/operator/verify/verification.ts';
import type { Output } from '../operator-command.ts';
import { type DifferenceLines, differenceLines, MOST_SHOWN } from '../verify/difference-lines.ts';
import { causeIn } from './cause-in.ts';
import { foundLines } from './found-lines.ts';
import type { RunLocation } from './run-location.ts';

/** What a verification of one table has come to. */
export type Verified = {
  readonly table: string;
  readonly index: string;
  readonly counts: VerificationCounts;
};

/** Where its differences lie, and how they are told. */
export type DifferenceTelling = {
  readonly location: RunLocation;
  readonly output: Output;
  readonly isVerbose: boolean;
};

/** Tells of the differences of a table, people of the first of each kind; returns how many were left out. @throws ServiceError */
export const tellDifferences = async (
  verified: Verified,
  { location, output, isVerbose }: DifferenceTelling,
): Promise<number> => {
  const { table, counts } = verified;
  const all = differencesIn(counts) + counts.unrepaired;
  if (all === 0) return 0;
  const lines = differenceLines(output, isVerbose);
  const wanted = isVerbose || output.isJson ? undefined : firstOf(counts);
  let told = 0;
  for await (const line of foundLines(location, { phases: VERIFY_PHASES, table })) {
    if (wanted !== undefined && isEnough(wanted)) break;
    const kind = tell(line, verified, lines);
    wanted?.set(kind, (wanted.get(kind) ?? 0) - 1);
    told++;
  }
  return Math.max(0, all - told) + lines.unshown();
};

/** How many of each kind are still to be shown. */
const firstOf = ({ missing, extra, stale, unwritable, unrepaired }: VerificationCounts) => {
  const counts = Object.entries({ missing, extra, stale, unwritable, unrepaired });
  return new Map(counts.map(([kind, count]) => [kind, Math.min(count, MOST_SHOWN)]));
};

const isEnough = (wanted: ReadonlyMap<string, number>): boolean =>
  [...wanted.values()].every((count) => count <= 0);

/** Tells of one, and returns of what kind it is. */
const tell = (line: Fields, { table, index }: Verified, lines: DifferenceLines): string => {
  const difference = differenceIn(line, { name: table, index });
  if (line['type'] !== 'unrepaired') {
    lines.difference(difference);
    return difference.kind;
  }
  const [type = '', reason = ''] = ['type', 'reason'].map((name) =>
    textOf(at(line, 'error', name)),
  );
  const cause = causeIn(line);
  lines.unrepaired({ difference, refusal: { type, reason }, ...(cause && { cause }) });
  return 'unrepaired';
};

// The edge: nobody but the function writes these lines.
const differenceIn = (line: Fields, table: ToldDifference['table']): ToldDifference => {
  const [kind, id = '', routing, path] = ['kind', 'id', 'routing', 'field'].map((name) =>
    textOf(line[name]),
  );
  return {
    kind: KINDS.find((known) => known === kind) ?? 'stale',
    table,
    id,
    key: isKey(line['key']) ? line['key'] : undefined,
    field:
      path === undefined
        ? undefined
        : { path, table: textOf(line['table_value']), index: textOf(line['index_value']) },
    ...(routing !== undefined && { routing }),
  };
};

const KINDS = ['missing', 'extra', 'stale', 'unwritable'] as const;

const isKey = (value: unknown): value is NonNullable<ToldDifference['key']> => isFields(value);
