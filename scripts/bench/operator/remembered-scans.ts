import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import { closeServer, listenOnLoopback } from '../../local/loopback.ts';

/** Stands before a DynamoDB and answers a scan that it has seen from memory. */
export interface RememberedScans {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts it. The answers are DynamoDB's own; what is left out when they come from memory is what it
 * costs to run a DynamoDB on the machine on which everything else is measured.
 */
export const startRememberedScans = async (dynamoDBUrl: string): Promise<RememberedScans> => {
  const agent = new Agent({ keepAlive: true });
  const answers = new Map<string, Buffer>(); // bodies of answers, by bodies of requests
  const server = createServer(async (incoming, outgoing) => {
    const body = await text(incoming);
    const remembered = isScan(incoming) ? answers.get(body) : undefined;
    if (remembered !== undefined) return answer(outgoing, 200, remembered);
    const response = await passOn(incoming, body, { dynamoDBUrl, agent });
    const bytes = await buffer(response);
    const status = response.statusCode ?? 0;
    if (isScan(incoming) && status === 200) answers.set(body, bytes);
    answer(outgoing, status, bytes);
  });
  return {
    url: await listenOnLoopback(server),
    stop: () => closeServer(server),
  };
};

const isScan = ({ headers }: IncomingMessage): boolean =>
  headers['x-amz-target'] === 'DynamoDB_20120810.Scan';

const answer = (outgoing: ServerResponse, status: number, body: Buffer): void =>
  void outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body);

const passOn = (
  { headers }: IncomingMessage,
  body: string,
  { dynamoDBUrl, agent }: { readonly dynamoDBUrl: string; readonly agent: Agent },
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const { host: _, ...kept } = headers;
    request(dynamoDBUrl, { method: 'POST', agent, headers: kept }, resolve)
      .once('error', reject)
      .end(body);
  });
