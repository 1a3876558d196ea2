import { setTimeout as sleep } from 'node:timers/promises';
import type { OperatorStage } from './operator-stage.ts';

/** Somebody who writes to a table all the while. */
export type Writer = { readonly stop: () => Promise<void>; readonly writes: () => number };

/** Changes, deletes and brings back the items with these keys, in any order, until it is stopped. */
export const hammer = (stage: OperatorStage, keys: readonly string[], suffix?: string): Writer => {
  let isStopped = false;
  let writes = 0;
  const hammerOn = async () => {
    while (!isStopped) {
      const key = keys[Math.floor(Math.random() * keys.length)] ?? '';
      const change = { N: String(++writes) };
      if (Math.random() < 0.3) await stage.deleteItem({ pk: { S: key } }, suffix);
      else await stage.putItem({ pk: { S: key }, change }, suffix);
      await sleep(2);
    }
  };
  const ended = hammerOn();
  return {
    writes: () => writes,
    stop: () => {
      isStopped = true;
      return ended;
    },
  };
};
