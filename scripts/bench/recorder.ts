import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { closeServer, listenOnLoopback } from '../local/loopback.ts';

/** A bulk request as the function sent it. */
export interface RecordedRequest {
  /** With its question mark. */
  readonly query: string;
  readonly body: Uint8Array;
  readonly operations: number;
}

/** Stands in for OpenSearch: it takes everything, answers that it is written, and remembers bulk requests. */
export interface Recorder {
  readonly url: string;
  /** The requests since the last call. */
  readonly take: () => readonly RecordedRequest[];
  readonly stop: () => Promise<void>;
}

/** Starts a recorder on the loopback interface. */
export const startRecorder = async (): Promise<Recorder> => {
  const requests: RecordedRequest[] = [];
  const server = createServer((incoming, outgoing) => void record(incoming, outgoing, requests));
  return {
    url: await listenOnLoopback(server),
    take: () => requests.splice(0),
    stop: () => closeServer(server),
  };
};

const record = async (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  requests: RecordedRequest[],
): Promise<void> => {
  const body = await buffer(incoming);
  const { pathname, search } = new URL(incoming.url ?? '', 'http://localhost');
  const isBulk = pathname.endsWith('/_bulk');
  const items = isBulk ? itemsFor(body) : [];
  if (isBulk) requests.push({ query: search, body, operations: items.length });
  outgoing.end(JSON.stringify({ items }));
};

/** An answer's item for each operation of a bulk request: an index line has a document below it, a delete line none. */
export const itemsFor = (body: Buffer): readonly unknown[] => {
  const items: unknown[] = [];
  const lines = body.toString('utf8').split('\n');
  for (let line = 0; line < lines.length - 1; line++) {
    const isIndex = lines[line]?.startsWith('{"index"') ?? false;
    items.push({ [isIndex ? 'index' : 'delete']: { status: 200 } });
    if (isIndex) line += 1;
  }
  return items;
};
