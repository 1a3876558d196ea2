import { messageOf } from './aws/service-error.ts';
import type { DeadLetterLocation } from './configuration/configuration.ts';
import type { DeadLetters } from './core/dead-letter.ts';
import type { Deadline } from './deadline.ts';
import type { Log } from './log.ts';

/** Stores dead letters; false when S3 has not confirmed them, and then their records must come again. */
export const storeDeadLetters = async (
  { key, body }: DeadLetters,
  { bucket }: DeadLetterLocation,
  { deadline, log }: { readonly deadline: Deadline; readonly log: Log },
): Promise<boolean> => {
  const timeoutMilliseconds = deadline.forLetters();
  if (timeoutMilliseconds === 0) return false;
  try {
    const { writeObject } = await import('./aws/objects.ts');
    await writeObject({ bucket, key }, body, timeoutMilliseconds);
    return true;
  } catch (error) {
    log.error('dead letters were not stored; their records will come again', {
      error: messageOf(error),
    });
    return false;
  }
};
