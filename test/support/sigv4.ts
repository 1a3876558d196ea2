import { createHash, createHmac } from 'node:crypto';

/**
 * Signature Version 4 from the side of the service that checks it, written from AWS's documentation
 * alone, so that it shares no mistake with the code that signs.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */

/** A request as it came in. */
export type SignedRequest = {
  readonly method: string;
  /** With the query, as on the wire. */
  readonly path: string;
  /** By lower-case name. */
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
  readonly body: Buffer;
};

/** Who is expected to have signed, and for what. */
export type Signer = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Undefined for long-lived credentials. */
  readonly sessionToken?: string;
  readonly region: string;
  readonly service: string;
};

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;

const TOLERANCE_MILLISECONDS = 5 * 60_000;

/** What is wrong with a request's signature; undefined when nothing is. */
export const signatureProblem = (
  request: SignedRequest,
  signer: Signer,
  nowMilliseconds: number,
): string | undefined => {
  const { headers } = request;
  const parts = AUTHORIZATION.exec(text(headers['authorization']));
  if (parts === null) return `the Authorization header is ${headers['authorization']}`;
  const [, accessKeyId, day = '', region, service, signedNames = '', signature] = parts;
  const date = text(headers['x-amz-date']);
  const names = signedNames.split(';');
  const problems = [
    accessKeyId !== signer.accessKeyId && `signed by ${accessKeyId}`,
    region !== signer.region && `signed for ${region}`,
    service !== signer.service && `signed for ${service}`,
    !date.startsWith(day) && `signed on ${day}, sent on ${date}`,
    Math.abs(timeOf(date) - nowMilliseconds) > TOLERANCE_MILLISECONDS && `signed at ${date}`,
    names.join() !== [...names].sort().join() &&
      `the signed headers are not sorted: ${signedNames}`,
    unsignedHeader(headers, names),
    tokenProblem(headers, signer),
    bodyProblem(request, service),
    signature !== signatureOf(request, names, { ...signer, date }) &&
      'the signature does not match',
  ];
  return problems.find((problem) => typeof problem === 'string');
};

const text = (value: string | readonly string[] | undefined): string => String(value ?? '');

const timeOf = (date: string): number =>
  Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

// "You must include the host header and any x-amz-* headers."
const unsignedHeader = (headers: SignedRequest['headers'], names: readonly string[]) => {
  const needed = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))];
  const unsigned = needed.find((name) => !names.includes(name));
  const absent = names.find((name) => headers[name] === undefined);
  if (absent !== undefined) return `${absent} is signed and absent`;
  return unsigned === undefined ? undefined : `${unsigned} is not signed`;
};

const tokenProblem = (headers: SignedRequest['headers'], { sessionToken }: Signer) =>
  headers['x-amz-security-token'] === sessionToken
    ? undefined
    : `the session token is ${headers['x-amz-security-token']}`;

// OpenSearch Serverless: "The x-amz-content-sha256 header is required".
const bodyProblem = ({ headers, body }: SignedRequest, service: string | undefined) => {
  const said = headers['x-amz-content-sha256'];
  if (said === undefined) return service === 'aoss' ? 'x-amz-content-sha256 is absent' : undefined;
  return said === sha256(body) ? undefined : `x-amz-content-sha256 is ${said}`;
};

const signatureOf = (
  request: SignedRequest,
  names: readonly string[],
  { secretAccessKey, region, service, date }: Signer & { readonly date: string },
): string => {
  const day = date.slice(0, 8);
  const scope = `${day}/${region}/${service}/aws4_request`;
  const hashed = sha256(Buffer.from(canonicalRequest(request, names)));
  const toSign = ['AWS4-HMAC-SHA256', date, scope, hashed].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<Buffer | string>(
    (previous, next) => hmac(previous, next),
    `AWS4${secretAccessKey}`,
  );
  return hmac(key, toSign).toString('hex');
};

const canonicalRequest = (
  { method, path, headers, body }: SignedRequest,
  names: readonly string[],
): string => {
  const [route = '', query = ''] = path.split(/\?(.*)/s);
  return [
    method,
    // What came in is encoded once; "each path segment must be URI-encoded twice".
    route.split('/').map(uriEncode).join('/'),
    canonicalQuery(query),
    ...names.map((name) => `${name}:${text(headers[name]).trim().replace(/ +/g, ' ')}`),
    '',
    names.join(';'),
    sha256(body),
  ].join('\n');
};

const canonicalQuery = (query: string): string =>
  query
    .split('&')
    .filter((parameter) => parameter !== '')
    .map((parameter) => {
      const [name = '', value = ''] = parameter.split(/=(.*)/s);
      return [uriEncode(decodeURIComponent(name)), uriEncode(decodeURIComponent(value))] as const;
    })
    .sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

// "Every byte except the unreserved characters A-Z a-z 0-9 - . _ ~, as % and two upper-case hex digits."
const uriEncode = (part: string): string =>
  [...Buffer.from(part)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      const hex = byte.toString(16).toUpperCase().padStart(2, '0');
      return /[A-Za-z0-9\-._~]/.test(character) ? character : `%${hex}`;
    })
    .join('');

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const hmac = (key: Buffer | string, data: string): Buffer =>
  createHmac('sha256', key).update(data).digest();
