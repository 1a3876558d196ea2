import type { OperatorEnvironment } from './environment.ts';
import { type IndexIdentity, identityRequest, readIdentity } from './index-identity.ts';
import { forgetsTooSoon, rememberLonger } from './memory-of-deletions.ts';
import { OpenSearchRefusal } from './open-search-refusal.ts';
import { type Persistence, persist } from './persist.ts';

/** What it takes to ask. */
export type IdentityTools = Pick<OperatorEnvironment, 'send'> &
  Pick<Persistence, 'signal' | 'patience' | 'onFault'>;

const LONGEST_REQUEST_MILLISECONDS = 30_000;

/** Asks which index is written under a name, until there is an answer. @throws OpenSearchRefusal */
export const askIdentity = (
  index: string,
  { send, signal, patience, ...told }: IdentityTools,
): Promise<IndexIdentity> => {
  const ask = async () => {
    const answer = await send(identityRequest(index), LONGEST_REQUEST_MILLISECONDS);
    const identity = readIdentity(answer, index);
    if (identity.kind === 'refused')
      throw new OpenSearchRefusal(`tell which index ${index} is`, identity.refusal);
    return identity.value;
  };
  return persist(ask, { signal, patience, ...told });
};

/** Sees that an index remembers deletions long enough to be written to by anyone but the function. @throws Error with the cure */
export const confirmMemory = (index: string, identity: IndexIdentity): void => {
  if (identity.kind === 'index' && forgetsTooSoon(identity.gcDeletes))
    throw new Error(
      `The index ${index} forgets deletions too soon (index.gc_deletes ${identity.gcDeletes}): items that are deleted under way could come back. Have it remember them:\n  ${rememberLonger(index)}`,
    );
};
