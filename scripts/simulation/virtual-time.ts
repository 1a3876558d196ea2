import type { Clock } from '../local/event-source-mapping/clock.ts';

/** Time that passes only as fast as everything is done that was to be done before. */
export interface VirtualTime {
  /** Whole milliseconds since the beginning. */
  now(): number;
  /** Calls once so many milliseconds have passed, rounded up to whole ones, unless it is cancelled before. */
  after(milliseconds: number, act: () => void): Cancel;
  wait(milliseconds: number): Promise<void>;
  /** Lets time pass, millisecond by millisecond, up to that one. */
  passUntil(milliseconds: number): Promise<void>;
}

/** What was to be done is not. */
export type Cancel = () => void;

interface Alarm {
  act: (() => void) | undefined;
}

/** A time that begins at 0. What is due at the same millisecond is done in the order in which it was asked for. */
export const createVirtualTime = (): VirtualTime => {
  const due = new Map<number, Alarm[]>();
  let now = 0;
  const after: VirtualTime['after'] = (milliseconds, act) => {
    const at = now + Math.max(0, Math.ceil(milliseconds));
    const others = due.get(at);
    const alarm: Alarm = { act };
    if (others === undefined) due.set(at, [alarm]);
    else others.push(alarm);
    return () => {
      alarm.act = undefined;
    };
  };
  return {
    now: () => now,
    after,
    wait: (milliseconds) => new Promise((resolve) => after(milliseconds, resolve)),
    passUntil: async (end) => {
      await promisesAreSettled();
      for (; now < end; now++) {
        for (let alarms = due.get(now); alarms !== undefined; alarms = due.get(now)) {
          due.delete(now);
          for (const { act } of alarms) act?.();
          await promisesAreSettled();
        }
      }
    },
  };
};

// Nothing here waits for the world outside, so whatever can go on has done so when Node.js looks at its next task.
const promisesAreSettled = () => new Promise((resolve) => setImmediate(resolve));

/** The clock of an event source mapping that lives in virtual time, which begins at that moment since 1970. */
export const clockOf = (time: VirtualTime, epochMilliseconds: number): Clock => ({
  nowEpochMilliseconds: () => epochMilliseconds + time.now(),
  wait: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const cancel = time.after(milliseconds, resolve);
      signal.addEventListener('abort', () => {
        cancel();
        resolve();
      });
    }),
});
