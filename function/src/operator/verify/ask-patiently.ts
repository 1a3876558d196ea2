import { hindranceIn } from '../hindrance.ts';
import { patienceOf } from '../patience.ts';
import { type Persistence, persist } from '../persist.ts';
import type { VerifyTools } from './verification.ts';

/** What it takes to ask anybody. */
export type AskingPatiently = Pick<VerifyTools, 'signal' | 'patienceMilliseconds' | 'onHindrance'>;

/** Asks until there is an answer, or patience with this one question is over; whoever watches is told what it waits for. */
export const askPatiently = async <Answer>(
  ask: () => Promise<Answer>,
  { signal, patienceMilliseconds, onHindrance }: AskingPatiently,
  mayPass?: Persistence['mayPass'],
): Promise<Answer> => {
  const patience = patienceOf(patienceMilliseconds);
  const onFault = (error: unknown) =>
    onHindrance?.(hindranceIn(error), patience.leftMilliseconds());
  const answer = await persist(ask, { signal, patience, onFault, ...(mayPass && { mayPass }) });
  onHindrance?.(undefined);
  return answer;
};
