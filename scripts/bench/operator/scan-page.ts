import { type Agent, type IncomingMessage, request } from 'node:http';

/** Asks a DynamoDB that checks no signatures for a page of a table, in its own JSON; the answer's text. @throws unless it is a success */
export const scanPage = (url: string, page: object, agent: Agent): Promise<string> =>
  new Promise((resolve, reject) => {
    const read = (response: IncomingMessage): void => {
      let text = ''; // of the answer
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`DynamoDB answered ${response.statusCode}: ${text}`));
      });
      response.on('error', reject);
    };
    request(url, { method: 'POST', agent, headers: HEADERS }, read)
      .once('error', reject)
      .end(JSON.stringify(page));
  });

// It wants a signature but does not check it.
const HEADERS = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': 'DynamoDB_20120810.Scan',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20120810/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
};
