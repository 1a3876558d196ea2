import type { Clock } from '../../../../scripts/local/event-source-mapping/clock.ts';

/** Where virtual time begins. */
export const startEpochSeconds = 1_767_225_600;

interface Timer {
  readonly dueEpochMilliseconds: number;
  readonly end: () => void;
}

/**
 * A clock on which waiting costs nothing: once nothing else is left to do, time jumps to the end of the shortest wait.
 * It must not be used with anything that really takes time.
 */
export const createVirtualClock = (): Clock => {
  let now = startEpochSeconds * 1000;
  const timers = new Set<Timer>();
  let isScheduled = false;
  const schedule = () => {
    if (isScheduled || timers.size === 0) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      const due = [...timers].sort((a, b) => a.dueEpochMilliseconds - b.dueEpochMilliseconds)[0];
      now = Math.max(now, due?.dueEpochMilliseconds ?? now);
      due?.end();
      schedule();
    });
  };
  const wait = (milliseconds: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      const timer: Timer = {
        dueEpochMilliseconds: now + milliseconds,
        end: () => {
          timers.delete(timer);
          signal.removeEventListener('abort', timer.end);
          resolve();
        },
      };
      if (signal.aborted) return resolve();
      timers.add(timer);
      signal.addEventListener('abort', timer.end);
      schedule();
    });
  return { nowEpochMilliseconds: () => now, wait };
};
