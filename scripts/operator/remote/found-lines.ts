import { readObjectJson } from '../../../function/src/aws/object-json.ts';
import { readObjectLines } from '../../../function/src/aws/object-lines.ts';
import { listObjects } from '../../../function/src/aws/object-listing.ts';
import type { ObjectLocation } from '../../../function/src/aws/objects.ts';
import { at, type Fields, parseObject } from '../../../function/src/core/json-value.ts';
import { differencesPrefix, stateKey } from '../../../function/src/operator/remote/keys.ts';
import type { Phase } from '../../../function/src/operator/remote/order.ts';
import { objectOf, type RunLocation } from './run-location.ts';

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
  for (const phase of phases)
    for await (const key of foundFiles(location, phase, table))
      for await (const line of readObjectLines({ bucket: location.bucket, key })) {
        const value = parseObject(line);
        if (value !== undefined) yield value;
      }
}

/** Those that belong to their parts: what a slice has left that was killed, and repeated to another end, does not. */
async function* foundFiles(
  location: RunLocation,
  phase: Phase,
  table: string,
): AsyncGenerator<string> {
  const prefix = location.root + differencesPrefix(phase, table);
  let part = { segment: '', files: 0 }; // files of a part follow each other
  for await (const { key } of listObjects(location.bucket, prefix)) {
    const [, segment = '', number] = /^(\d+)-(\d+)\.ndjson$/.exec(key.slice(prefix.length)) ?? [];
    if (segment !== part.segment) {
      const state = stateKey({ phase, table, segment: Number(segment) });
      part = { segment, files: await filesOf(objectOf(location, state)) };
    }
    if (Number(number) < part.files) yield key;
  }
}

const filesOf = async (state: ObjectLocation): Promise<number> => {
  const files = at(await readObjectJson(state), 'files');
  return typeof files === 'number' ? files : Number.POSITIVE_INFINITY; // of those who count none
};
