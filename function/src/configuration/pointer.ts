import type { ObjectLocation } from '../aws/objects.ts';
import { parseJson } from '../core/json-value.ts';
import { placeIn, readFields, readText } from './problems.ts';

/**
 * The pointer in a parameter that holds `{ "s3": { "bucket", "key", "version_id" } }`; undefined when
 * it holds something else. Problems are added to `problems`.
 */
export const pointerIn = (text: string, problems: string[]): ObjectLocation | undefined => {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || !('s3' in value)) return undefined;
  const top = placeIn(problems);
  readFields(top, value, ['s3']);
  const place = top.at('s3');
  const fields = readFields(place, value.s3, ['bucket', 'key', 'version_id']);
  const bucket = fields && readText(place.at('bucket'), fields['bucket']);
  const key = fields && readText(place.at('key'), fields['key']);
  if (!fields || !bucket || !key) return undefined;
  const { version_id: version } = fields;
  const versionId = version === undefined ? undefined : readText(place.at('version_id'), version);
  return { bucket, key, versionId };
};
