import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TOO_LONG, textOf } from '../../../function/src/opensearch/text-of.ts';

const server = createServer((_request, response) => response.end('é'.repeat(100_000)));

beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));

afterAll(() => server.close());

const answer = (): Promise<IncomingMessage> =>
  new Promise((resolve) => {
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    get({ port, host: '127.0.0.1', agent: false }, resolve);
  });

test('an answer is read to its end', async () => {
  expect(await textOf(await answer(), 100_000)).toHaveLength(100_000);
});

test('an answer that is longer than allowed is refused by name, and ends nothing else', async () => {
  await expect(textOf(await answer(), 99_999)).rejects.toMatchObject({ name: TOO_LONG });
});
