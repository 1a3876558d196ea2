import { readObjectLines } from '../../../function/src/aws/object-lines.ts';
import { listObjects } from '../../../function/src/aws/object-listing.ts';
import { type Fields, parseObject } from '../../../function/src/core/json-value.ts';
import type { Phase } from '../../../function/src/operator/remote/order.ts';
import { differencesPrefix, type RunLocation } from './run-location.ts';

/** Which of a run's lines are wanted. */
export type LineChoice = {
  readonly phases: readonly Phase[];
  /** `*` for letters, which lie together. */
  readonly table: string;
};

/** What a run has found, line by line, as the command prints it under --json; however much it is, little of it is held at once. @throws ServiceError */
export async function* foundLines(
  location: RunLocation,
  { phases, table }: LineChoice,
): AsyncGenerator<Fields> {
  const { bucket } = location;
  for (const phase of phases) {
    const prefix = `${differencesPrefix(location)}${phase}/${table}/`;
    for await (const { key } of listObjects(bucket, prefix))
      for await (const line of readObjectLines({ bucket, key })) {
        const value = parseObject(line);
        if (value !== undefined) yield value;
      }
  }
}
