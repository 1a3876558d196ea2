import type { RunTools } from './command-work.ts';

/** When a slice gives up what does not come to its end. */
export type SliceTime = {
  readonly signal: AbortSignal;
  readonly stop: () => void;
};

/** Of the time that is left when it is nearly up, half is for what is on its way, half for storing what it came to. */
export const sliceTime = ({
  signal,
  deadline,
}: Pick<RunTools, 'signal' | 'deadline'>): SliceTime => {
  const end = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onNearlyUp = () => {
    timer = setTimeout(() => end.abort(), deadline.forWork() / 2);
  };
  if (signal.aborted) onNearlyUp();
  else signal.addEventListener('abort', onNearlyUp, { once: true });
  return {
    signal: end.signal,
    stop: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onNearlyUp);
    },
  };
};
