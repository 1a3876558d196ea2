import { type ListedObject, listObjects } from '../../../function/src/aws/object-listing.ts';
import { readObjectIfThere } from '../../../function/src/aws/objects.ts';
import { at, parseObject, textOf } from '../../../function/src/core/json-value.ts';
import { partsPrefix } from '../../../function/src/operator/remote/keys.ts';
import type { Phase } from '../../../function/src/operator/remote/order.ts';
import { inLanes } from '../../../function/src/operator/verify/in-lanes.ts';
import type { RunLocation } from './run-location.ts';
import { type Totals, totalsIn } from './totals.ts';

/** What a part has come to, as it was stored last. */
export type PartFile = {
  readonly table: string;
  readonly isDone: boolean;
  readonly counts: Totals;
  /** What keeps it from going on. */
  readonly hindrance: string | undefined;
  /** What ended it for good. */
  readonly failure: string | undefined;
};

/** The parts of a phase, looked at again and again. */
export type PartFiles = {
  /** Reads what has changed, and returns all that is known. @throws ServiceError */
  readonly look: () => Promise<readonly PartFile[]>;
};

// So many requests a look that neither S3 nor the wallet feels them; what is left waits for the next.
const MOST_READ = 500;
const LANES = 16;

/** Follows the parts of a phase. A part that is done is not read again, and one that did not change neither. */
export const partFiles = (location: RunLocation, phase: Phase): PartFiles => {
  const prefix = location.root + partsPrefix(phase);
  const known = new Map<string, { readonly etag: string; readonly part: PartFile }>(); // by key
  const read = async ({ key, etag }: ListedObject): Promise<void> => {
    const text = await readObjectIfThere({ bucket: location.bucket, key });
    if (text !== undefined)
      known.set(key, { etag, part: parsePart(text, key.slice(prefix.length)) });
  };
  return {
    look: async () => {
      const changed: ListedObject[] = [];
      for await (const object of listObjects(location.bucket, prefix)) {
        const isPart = object.key.endsWith('.json');
        if (isPart && known.get(object.key)?.etag !== object.etag) changed.push(object);
      }
      await inLanes(changed.slice(0, MOST_READ), LANES, read);
      return [...known.values()].map(({ part }) => part);
    },
  };
};

// `<table>/<segment>.json`: a name of a table has no slash.
const parsePart = (text: string, place: string): PartFile => {
  const part = parseObject(text);
  const [table = ''] = place.split('/');
  return {
    table,
    isDone: at(part, 'is_done') === true,
    counts: totalsIn(at(part, 'counts')),
    hindrance: textOf(at(part, 'hindrance')),
    failure: textOf(at(part, 'failure')),
  };
};
