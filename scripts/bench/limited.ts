import { setTimeout as delay } from 'node:timers/promises';

/** What a promise comes to. @throws when that takes longer than it may: a bench that hangs says nothing */
export const limited = async <Value>(
  work: Promise<Value>,
  seconds: number,
  what: string,
): Promise<Value> => {
  const settled = new AbortController();
  const overdue = async (): Promise<never> => {
    await delay(seconds * 1000, undefined, { signal: settled.signal });
    throw new Error(`${what} took longer than ${seconds} s`);
  };
  try {
    return await Promise.race([work, overdue()]);
  } finally {
    settled.abort();
  }
};
