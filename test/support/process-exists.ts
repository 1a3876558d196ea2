import { setTimeout as delay } from 'node:timers/promises';

/** Whether there is a process with this id. */
export const processExists = (processId: number): boolean => {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
};

/** Waits until there is no such process any more; throws after so many seconds. */
export const processEnds = async (processId: number, withinSeconds: number): Promise<void> => {
  const deadline = Date.now() + withinSeconds * 1000;
  while (processExists(processId)) {
    if (Date.now() > deadline) throw new Error(`Process ${processId} is still there.`);
    await delay(20);
  }
};
