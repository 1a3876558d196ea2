/** A request to an AWS service, read to its end. */
export interface AwsRequest {
  readonly method: string;
  readonly url: URL;
  /** Value of a header by its lower-case name. */
  readonly header: (name: string) => string | undefined;
  readonly body: Buffer;
}

/** What is sent back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** An answer of the JSON 1.1 protocol. */
export const jsonAnswer = (status: number, body: object): Answer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId },
  body: JSON.stringify(body),
});

/** An error of the JSON 1.1 protocol. */
export const jsonError = (type: string, message: string): Answer =>
  jsonAnswer(400, { __type: type, message });

/** An error of S3 or of the query protocol. */
export const xmlError = (status: number, code: string, message: string): Answer => {
  const error = `<Error><Code>${code}</Code><Message>${escaped(message)}</Message></Error>`;
  return xmlAnswer(status, error);
};

/** An answer of S3 or of the query protocol, around its root element. */
export const xmlAnswer = (status: number, root: string): Answer => ({
  status,
  headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${root}`,
});

/** An action's name or the like, for use inside XML. */
export const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);

const requestId = '00000000-0000-0000-0000-000000000000';
