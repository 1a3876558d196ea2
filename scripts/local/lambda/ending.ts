import type { Sandbox } from './sandbox.ts';

/** What can come between a process and what it was asked for. */
export type Interruption =
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'crashed'; readonly reason: string };

/** The result that was asked for, or what came between. */
export type Ending<T> = T | Interruption;

/** Waits for `work` of a sandbox, unless its process goes away or the time is over before. */
export const within = <T>(
  { process }: Sandbox,
  work: Promise<T>,
  milliseconds: number,
): Promise<Ending<T>> =>
  new Promise((resolve, reject) => {
    const end = (ending: Ending<T>) => {
      clearTimeout(timer);
      forget();
      resolve(ending);
    };
    const timer = setTimeout(() => end({ kind: 'timed-out' }), milliseconds);
    const forget = process.onExit((reason) => end({ kind: 'crashed', reason }));
    work.then(end, reject);
  });
