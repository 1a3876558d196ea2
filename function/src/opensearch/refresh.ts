import { type Configuration, isServerless } from '../configuration/configuration.ts';

/** Chooses the `refresh` parameter of an event's bulk requests; undefined to leave it out. */
export type RefreshChoice = (records: number) => 'true' | 'wait_for' | undefined;

const FEW_RECORDS = 10;
const SHORTEST_PAUSE_MILLISECONDS = 1000;

/**
 * Under `auto` a quiet table reads its writes and a busy one stays cheap: an event of few records
 * forces a refresh, unless this execution environment forced one within the last second.
 */
export const refreshChoice = ({ refresh, authentication }: Configuration): RefreshChoice => {
  // OpenSearch Serverless refreshes by itself and refuses to be told.
  if (isServerless(authentication) || refresh === 'false') return () => undefined;
  if (refresh !== 'auto') return () => refresh;
  let forced = Number.NEGATIVE_INFINITY; // when the last one was, in monotonic milliseconds
  return (records) => {
    if (records > FEW_RECORDS) return undefined;
    if (performance.now() - forced < SHORTEST_PAUSE_MILLISECONDS) return undefined;
    forced = performance.now();
    return 'true';
  };
};
