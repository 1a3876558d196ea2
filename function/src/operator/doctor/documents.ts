import { at, elementsOf, textOf } from '../../core/json-value.ts';
import { CLOCK_TOLERANCE_SECONDS } from '../../core/version.ts';
import type { Ask } from './ask.ts';
import { type Check, counted, ok, skipped, warning } from './check.ts';

// The most that a search returns, unless an index is set otherwise.
const SAMPLE = 10_000;

/** Checks the documents of an index for values that it ignored. */
export const checkIgnored = async (index: string, ask: Ask): Promise<Check> => {
  const query = { exists: { field: '_ignored' } };
  const found = await search(index, { query, track_total_hits: true }, ask);
  if (found === undefined) return skipped('ignored', NOT_SEARCHED);
  if (found.total === 0)
    return ok('ignored', 'no document has a value that its field could not take');
  const counts = new Map<string, number>(); // by field
  for (const field of found.hits.flatMap((hit) => elementsOf(at(hit, '_ignored')))) {
    counts.set(String(field), (counts.get(String(field)) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([, one], [, other]) => other - one).slice(0, MOST_FIELDS);
  const fields = sorted.map(([field, count]) => `${field} ${count.toLocaleString('en')} ×`);
  const sample =
    found.total > found.hits.length ? ` among the first ${SAMPLE.toLocaleString('en')}` : '';
  return warning(
    'ignored',
    `${counted(found.total, 'document')} with values that do not fit their fields, so no search finds them by these${sample}: ${fields.join(', ')}`,
    'Correct the items; or map these fields as keyword or text in the table’s mappings, and give the table a new index.',
    'Values that OpenSearch ignored',
  );
};

const MOST_FIELDS = 10;

/**
 * Checks for documents whose version lies in the future: each change of one costs a read of the table.
 * No search finds a version, so the documents that were written last are looked at.
 */
export const checkVersions = async (
  index: string,
  ask: Ask,
  nowMilliseconds: number,
): Promise<Check> => {
  // An index without any document has no such field.
  const sort = [{ _seq_no: { order: 'desc', unmapped_type: 'long' } }];
  const body = { sort, version: true, track_total_hits: true };
  const found = await search(index, body, ask);
  if (found === undefined) return skipped('versions', NOT_SEARCHED);
  const latest = (nowMilliseconds / 1000 + CLOCK_TOLERANCE_SECONDS) * 1e6;
  const future = found.hits.filter((hit) => Number(at(hit, '_version')) > latest).length;
  const sample =
    found.total > found.hits.length
      ? `the ${SAMPLE.toLocaleString('en')} documents written last`
      : `all ${found.total.toLocaleString('en')} documents`;
  return future === 0
    ? ok('versions', `none lies in the future (${sample})`)
    : warning(
        'versions',
        `${future.toLocaleString('en')} of ${sample} lie in the future: each change of those costs a read of the table`,
        'Documents are right all the same. To be rid of it, give the table a new index and fill it with backfill.',
        'Versions lie in the future',
      );
};

const NOT_SEARCHED = 'the index may not be searched, or could not be';

type Found = { readonly total: number; readonly hits: readonly unknown[] };

const search = async (index: string, body: object, ask: Ask): Promise<Found | undefined> => {
  const reply = await ask({
    method: 'POST',
    path: `/${encodeURIComponent(index)}/_search`,
    query: { filter_path: 'hits.total.value,hits.hits._version,hits.hits._ignored' },
    body: { size: SAMPLE, _source: false, ...body },
  });
  if (reply.kind === 'refused') return undefined;
  const hits = elementsOf(at(reply.value, 'hits', 'hits'));
  return { total: Number(textOf(at(reply.value, 'hits', 'total', 'value')) ?? 0), hits };
};
