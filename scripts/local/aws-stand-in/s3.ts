import { createHash } from 'node:crypto';
import { type Answer, type AwsRequest, xmlError } from './answer.ts';
import { isListing, listObjects } from './s3-listing.ts';
import { payloadOf } from './s3-payload.ts';
import type { AwsState } from './state.ts';

/** Answers S3 PutObject, GetObject, DeleteObject and ListObjectsV2 in path style; what is put has versions. */
export const answerS3 = (request: AwsRequest, state: AwsState): Answer => {
  if (isListing(request)) return listObjects(request, state, modifiedAt);
  const object = decodeURIComponent(request.url.pathname.slice(1));
  const unknown = whatIsUnknown(request, object);
  if (unknown !== undefined) {
    return xmlError(400, 'NotImplemented', `This AWS stand-in does not know ${unknown}.`);
  }
  switch (request.method) {
    case 'PUT':
      return putObject(object, request, state);
    case 'DELETE':
      return deleteObject(object, state);
    default:
      return getObject(object, request, state);
  }
};

// Each of these changes what a request means, so ignoring one would be a lie.
const unknownHeaders = [
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'range',
  'x-amz-copy-source',
];

const whatIsUnknown = ({ method, url, header }: AwsRequest, object: string): string | undefined => {
  const action = url.searchParams.get('x-id') ?? `${method} ${url.pathname}${url.search}`;
  const isKnown = ['PUT', 'GET', 'DELETE'].includes(method) && /^[^/]+\/./.test(object);
  const knownParameters = method === 'GET' ? ['x-id', 'versionId'] : ['x-id'];
  const isPlain = [...url.searchParams.keys()].every((name) => knownParameters.includes(name));
  if (!isKnown || !isPlain) return action;
  const unknownHeader = unknownHeaders.find((name) => header(name) !== undefined);
  return unknownHeader === undefined ? undefined : `${action} with the header ${unknownHeader}`;
};

const putObject = (object: string, request: AwsRequest, { objects }: AwsState): Answer => {
  const payload = payloadOf(request);
  if (payload === 'damaged') {
    return xmlError(400, 'BadDigest', 'The checksum you specified did not match what we received.');
  }
  objects.set(object, payload);
  versionsOf(objects).set(`${object}?${versionIdOf(payload)}`, payload);
  contentTypes.set(payload, request.header('content-type') ?? defaultContentType);
  modificationTimes.set(payload, new Date());
  return { status: 200, headers: versionHeaders(payload), body: '' };
};

// Nobody asks for a version that was deleted: unlike in S3 there is no trace of it.
const deleteObject = (object: string, { objects }: AwsState): Answer => {
  objects.delete(object);
  return { status: 204, headers: {}, body: '' };
};

const getObject = (object: string, { url }: AwsRequest, { objects }: AwsState): Answer => {
  const newest = objects.get(object);
  const versionId = url.searchParams.get('versionId');
  const content =
    versionId === null || (newest !== undefined && versionIdOf(newest) === versionId)
      ? newest
      : versionsOf(objects).get(`${object}?${versionId}`);
  if (content !== undefined) return found(content);
  return newest === undefined
    ? xmlError(404, 'NoSuchKey', 'The specified key does not exist.')
    : xmlError(404, 'NoSuchVersion', 'The specified version does not exist.');
};

const found = (content: Buffer): Answer => ({
  status: 200,
  headers: {
    ...versionHeaders(content),
    'content-type': contentTypes.get(content) ?? defaultContentType,
    'last-modified': modifiedAt(content).toUTCString(),
  },
  body: content,
});

const versionHeaders = (content: Buffer): Record<string, string> => ({
  etag: `"${createHash('md5').update(content).digest('hex')}"`,
  'x-amz-version-id': versionIdOf(content),
});

/** The version id of an object with this content: here, and unlike in S3, the same content is the same version. */
export const versionIdOf = (content: Buffer): string =>
  createHash('sha256').update(content).digest('base64url').slice(0, 32);

// What a caller cannot see in the state: kept beside it, as long as it lives.
const versions = new WeakMap<AwsState['objects'], Map<string, Buffer>>();
const contentTypes = new WeakMap<Buffer, string>();
const modificationTimes = new WeakMap<Buffer, Date>();

const modifiedAt = (content: Buffer): Date => modificationTimes.get(content) ?? new Date(0);

const defaultContentType = 'binary/octet-stream';

const versionsOf = (objects: AwsState['objects']): Map<string, Buffer> => {
  const known = versions.get(objects) ?? new Map<string, Buffer>();
  versions.set(objects, known);
  return known;
};
