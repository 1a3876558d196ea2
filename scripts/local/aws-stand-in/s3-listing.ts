import { type Answer, type AwsRequest, escaped, xmlAnswer } from './answer.ts';
import type { AwsState } from './state.ts';

const parameters = ['list-type', 'prefix', 'start-after', 'continuation-token', 'max-keys', 'x-id'];

/** Whether a request asks for ListObjectsV2, in no other way than the stand-in knows. */
export const isListing = ({ method, url }: AwsRequest): boolean =>
  method === 'GET' &&
  /^\/[^/]+\/?$/.test(url.pathname) &&
  url.searchParams.get('list-type') === '2' &&
  [...url.searchParams.keys()].every((name) => parameters.includes(name));

const mostKeys = 1000;

/** Answers S3 ListObjectsV2; the token of the next page is the last key of this one. */
export const listObjects = (
  { url }: AwsRequest,
  { objects }: AwsState,
  modifiedAt: (content: Buffer) => Date,
): Answer => {
  const bucket = decodeURIComponent(url.pathname.replaceAll('/', ''));
  const prefix = url.searchParams.get('prefix') ?? '';
  const after =
    url.searchParams.get('continuation-token') ?? url.searchParams.get('start-after') ?? '';
  const most = Math.min(Number(url.searchParams.get('max-keys') ?? mostKeys), mostKeys);
  const found = [...objects]
    .filter(([path]) => path.startsWith(`${bucket}/${prefix}`))
    .map(([path, content]) => ({ key: path.slice(bucket.length + 1), content }))
    .filter(({ key }) => compareBytes(key, after) > 0)
    .sort((one, other) => compareBytes(one.key, other.key));
  const page = found.slice(0, most);
  const contents = page.map(
    ({ key, content }) =>
      `<Contents><Key>${escaped(key)}</Key><LastModified>${modifiedAt(content).toISOString()}</LastModified><Size>${content.length}</Size></Contents>`,
  );
  const isTruncated = found.length > page.length;
  const next = `<NextContinuationToken>${escaped(page.at(-1)?.key ?? '')}</NextContinuationToken>`;
  return xmlAnswer(
    200,
    `<ListBucketResult><Name>${escaped(bucket)}</Name><Prefix>${escaped(prefix)}</Prefix><KeyCount>${page.length}</KeyCount><MaxKeys>${most}</MaxKeys><IsTruncated>${isTruncated}</IsTruncated>${isTruncated ? next : ''}${contents.join('')}</ListBucketResult>`,
  );
};

// S3 sorts by the bytes of keys in UTF-8.
const compareBytes = (one: string, other: string): number =>
  Buffer.compare(Buffer.from(one), Buffer.from(other));
