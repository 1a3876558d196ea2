/** What is asked of an AWS service: an operation of its JSON protocol, or a path. */
export type Question = {
  readonly service: string;
  /** As the header X-Amz-Target has it: `DynamoDB_20120810.CreateTable`. */
  readonly operation?: string;
  readonly path?: string;
};

/**
 * Asks a service of AWS that checks no signatures, DynamoDB Local or one of moto's, for what is not worth
 * a client of the SDK, or not in its power. Throws unless the answer is a success.
 */
export const askAws = async (
  url: string,
  { service, operation, path = '/' }: Question,
  body: object | string,
): Promise<string> => {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: {
      // moto takes the service from it.
      authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=none`,
      ...(operation !== undefined && {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': operation,
      }),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  if (response.ok) return text;
  throw new Error(`${operation ?? path} was answered ${response.status}: ${text}`);
};
