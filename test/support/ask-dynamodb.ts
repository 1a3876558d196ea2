/**
 * Asks a DynamoDB that checks no signatures, in its own JSON: unlike the SDK, which loses an attribute
 * called `__proto__`. Throws unless the answer is a success.
 */
export const askDynamoDB = async (
  url: string,
  operation: string,
  request: object | string,
): Promise<string> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=none',
    },
    body: typeof request === 'string' ? request : JSON.stringify(request),
  });
  const text = await response.text();
  if (response.ok) return text;
  throw new Error(`${operation} was answered ${response.status}: ${text}`);
};
