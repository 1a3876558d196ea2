import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { closeServer, listenOnLoopback } from '../../scripts/local/loopback.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import {
  answering,
  cutAfter,
  cutBefore,
  failingItems,
  idsIn,
  inTurn,
  slow,
  stallingAfter,
} from './faults.ts';

const received: string[] = [];

const server = createServer(async (request, response) => {
  const body = await text(request);
  received.push(`${request.method} ${request.url} ${request.headers['x-name']} ${body}`);
  response.writeHead(201, { 'x-answer': 'yes', 'content-type': 'application/json' });
  response.end(`{"received":${JSON.stringify(body)}}`);
});

let proxy: FaultProxy;

beforeAll(async () => {
  proxy = await startFaultProxy(await listenOnLoopback(server));
});

beforeEach(() => {
  proxy.behave();
  received.length = 0;
});

afterAll(async () => {
  await proxy.stop();
  await closeServer(server);
});

const ask = (body = 'hello', signal?: AbortSignal) =>
  fetch(`${proxy.url}/a%20b?c=d`, {
    method: 'POST',
    body,
    headers: { 'x-name': 'value' },
    ...(signal && { signal }),
  });

test('a request and its answer pass as they are', async () => {
  const answer = await ask();
  expect(answer.status).toBe(201);
  expect(answer.headers.get('x-answer')).toBe('yes');
  expect(await answer.text()).toBe('{"received":"hello"}');
  expect(received).toEqual(['POST /a%20b?c=d value hello']);
  expect(proxy.requests).toMatchObject([{ method: 'POST', path: '/a%20b?c=d', connection: 1 }]);
  expect(String(proxy.requests[0]?.body)).toBe('hello');
});

test('behaviours come in turn, and then all is well', async () => {
  proxy.behave(inTurn([answering(429), answering(503, { error: 'x' })]));
  const answers = [await ask(), await ask(), await ask()];
  expect(answers.map(({ status }) => status)).toEqual([429, 503, 201]);
  expect(await answers[1]?.json()).toEqual({ error: 'x' });
  expect(received).toHaveLength(1);
});

test('a connection is cut before the request takes effect, or after', async () => {
  proxy.behave(inTurn([cutBefore]));
  await expect(ask()).rejects.toThrow();
  expect(received).toHaveLength(0);
  proxy.behave(inTurn([cutAfter]));
  await expect(ask()).rejects.toThrow();
  expect(received).toHaveLength(1);
});

test('an answer stops halfway', async () => {
  proxy.behave(stallingAfter);
  const answer = await ask('hello', AbortSignal.timeout(150));
  expect(answer.status).toBe(201);
  await expect(answer.text()).rejects.toThrow();
});

test('an answer takes its time', async () => {
  proxy.behave(slow(120));
  const started = performance.now();
  await ask();
  expect(performance.now() - started).toBeGreaterThanOrEqual(119);
});

test('what was seen is forgotten with the next behaviour', async () => {
  await ask();
  expect(proxy.requests).toHaveLength(1);
  proxy.behave();
  expect(proxy.requests).toHaveLength(0);
});

test('operations with a fault are taken out, and their answers put in at their places', async () => {
  const lines = ['a', 'b', 'c'].flatMap((id) => [{ index: { _id: id } }, { text: '\u2028' }]);
  const body = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n{"delete":{"_id":"d"}}\n`;
  const passed: string[][] = [];
  const behaviour = failingItems((id) =>
    id === 'a' || id === 'd' ? { status: 429, type: 't' } : undefined,
  );
  proxy.behave((request) =>
    behaviour(request, async (other = request) => {
      passed.push([...idsIn(other)]);
      return { status: 200, body: '{"items":[{"index":{"status":201}},{"index":{"status":200}}]}' };
    }),
  );
  const error = { type: 't', reason: '' };
  expect(await (await ask(body)).json()).toEqual({
    items: [
      { index: { status: 429, error } },
      { index: { status: 201 } },
      { index: { status: 200 } },
      { delete: { status: 429, error } },
    ],
  });
  expect(passed).toEqual([['b', 'c']]);
});
