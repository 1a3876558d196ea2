import { randomBytes } from 'node:crypto';
import type { IdBalance } from '../../core/id-balance.ts';
import type { OpenVerification } from '../verify/open-verification.ts';
import type { WaitingSuspicion } from '../verify/suspicion-queue.ts';
import type { VerificationCounts } from '../verify/verification.ts';
import type { RunTools } from './command-work.ts';
import { partPrefix, stateKey } from './keys.ts';
import type { PartUnderWay } from './open-part.ts';
import type { Part } from './order.ts';
import { storedState } from './part-state.ts';
import { storedCounts, type VerifyCheckpoint } from './verify-checkpoint.ts';
import type { Findings } from './verify-findings.ts';

/** A part, its state and where that is stored. */
export type SettledPart<Position> = {
  readonly part: Part;
  readonly underWay: PartUnderWay<VerificationCounts, VerifyCheckpoint<Position>>;
  readonly tools: RunTools;
};

/** What a slice has come to. */
export type SliceResult<Position> = {
  readonly position: Position;
  readonly balance: IdBalance;
  readonly findings: Findings;
  readonly verification: OpenVerification;
};

/** Enters what a slice has come to in the state of its part; whether the part is done. Of slices that run at once the first to come here counts. */
export const settle = async <Position extends { readonly isAtEnd: boolean }>(
  { part, underWay: { state, tell }, tools }: SettledPart<Position>,
  result: SliceResult<Position>,
): Promise<boolean> => {
  const { position, balance, findings } = result;
  const before = state.checkpoint;
  const stored = storedState<VerificationCounts, VerifyCheckpoint<Position>>(
    await tools.store.readJson(stateKey(part)),
  );
  if (stored !== undefined && !isSame(stored.checkpoint, before)) {
    Object.assign(state, stored);
    return stored.is_done;
  }
  const isMoved = !isSame(position, before.position);
  const key = isMoved ? await storeBalance(part, balance, tools) : before.balance;
  // From here on nothing waits: what a request that was given up still brings is in all of it, or in none.
  state.checkpoint = checkpointOf(result, { counts: state.counts, key });
  for (const line of findings.lines) tell(line);
  return position.isAtEnd && state.checkpoint.waiting.length === 0;
};

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

const checkpointOf = <Position>(
  { position, findings, verification }: SliceResult<Position>,
  { counts, key }: { readonly counts: VerificationCounts; readonly key: string | null },
): VerifyCheckpoint<Position> => ({
  position,
  counts: storedCounts(counts),
  left: { ...findings.left },
  // In one order: a slice that decides on none of those that are due has not moved the checkpoint.
  waiting: verification.queue.left().toSorted(byId),
  told: [...verification.told],
  balance: key,
});

const byId = ({ suspicion: one }: WaitingSuspicion, { suspicion: other }: WaitingSuspicion) =>
  one.id < other.id ? -1 : 1;

/** Stores a balance under a key of its own, so that the one of the last checkpoint stays what it was. */
const storeBalance = async (
  part: Part,
  balance: IdBalance,
  { store }: RunTools,
): Promise<string> => {
  const key = `${partPrefix(part)}-${randomBytes(4).toString('hex')}.balance`;
  await store.writeBytes(key, balance.toBytes());
  return key;
};
