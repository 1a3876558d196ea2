import { readObjectBytes } from '../../aws/object-bytes.ts';
import { readObjectJson } from '../../aws/object-json.ts';
import { type ObjectLocation, writeObject } from '../../aws/objects.ts';
import type { DeadLetterLocation } from '../../configuration/configuration.ts';
import { differencesKey, OPERATIONS_PREFIX } from './keys.ts';
import type { Part } from './order.ts';

/** What a run keeps in S3; keys are below its own place. @throws ServiceError, each of them */
export type RunStore = {
  /** Where a key lies, for whoever reads it by himself. */
  readonly locate: (key: string) => Required<Pick<ObjectLocation, 'bucket' | 'key'>>;
  /** The value of a JSON object; undefined where there is none. */
  readonly readJson: (key: string) => Promise<unknown>;
  readonly writeJson: (key: string, value: unknown) => Promise<void>;
  /** Undefined where there are none. */
  readonly readBytes: (key: string) => Promise<Uint8Array | undefined>;
  readonly writeBytes: (key: string, bytes: Uint8Array) => Promise<void>;
  /** Stores lines that were found for a part, each a JSON value, in place of those of the same number. */
  readonly writeDifferences: (
    part: Part,
    number: number,
    lines: readonly object[],
  ) => Promise<void>;
};

/** What a run of this name keeps, below `operations/<run>/` of the sync module's bucket. */
export const runStore = (run: string, { bucket }: Pick<DeadLetterLocation, 'bucket'>): RunStore => {
  const root = `${OPERATIONS_PREFIX}${run}/`;
  const locate = (key: string) => ({ bucket, key: `${root}${key}` });
  const write = (key: string, body: string | Uint8Array) => writeObject(locate(key), body);
  return {
    locate,
    readJson: (key) => readObjectJson(locate(key)),
    writeJson: (key, value) => write(key, JSON.stringify(value)),
    readBytes: (key) => readObjectBytes(locate(key)),
    writeBytes: write,
    writeDifferences: (part, number, lines) =>
      write(
        differencesKey(part, number),
        lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
      ),
  };
};
