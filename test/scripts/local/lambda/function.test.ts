import { describe, expect, test, vi } from 'vitest';
import { temporaryFunction } from './temporary-function.ts';

describe('an invocation', () => {
  test('answers with what the handler returned, as JSON text', async () => {
    const lambda = await temporaryFunction(
      'exports.handler = async (event) => ({ got: event, text: "\\u2028\\ud800" });',
    );
    expect(await lambda.invoke('{"a":1}')).toMatchObject({
      kind: 'answered',
      payload: '{"got":{"a":1},"text":"\u2028\\ud800"}',
    });
  });

  test('answers null when the handler returns nothing', async () => {
    const lambda = await temporaryFunction('exports.handler = async () => {};');
    expect(await lambda.invoke('{}')).toMatchObject({ kind: 'answered', payload: 'null' });
  });

  test('fails with the error that the handler threw, and the process stays warm', async () => {
    const lambda = await temporaryFunction(
      'exports.handler = async () => { throw new RangeError("too much"); };',
    );
    const result = await lambda.invoke('{}');
    await lambda.invoke('{}');
    expect(result).toMatchObject({ kind: 'failed', errorType: 'RangeError', message: 'too much' });
    expect(lambda.coldStarts()).toBe(1);
  });

  test('carries an event of six megabytes', async () => {
    const lambda = await temporaryFunction('exports.handler = async (event) => event.text.length;');
    const text = 'ä'.repeat(3 * 1024 * 1024);
    expect(await lambda.invoke(JSON.stringify({ text }))).toMatchObject({
      payload: String(text.length),
    });
  });

  test('knows its request id, its name and the time that is left', async () => {
    const lambda = await temporaryFunction(
      `exports.handler = async (event, context) =>
         [context.awsRequestId, context.functionName, context.getRemainingTimeInMillis()];`,
      { functionName: 'orders-sync', timeoutMilliseconds: 4_000 },
    );
    const result = await lambda.invoke('{}');
    const [requestId, functionName, remainingMilliseconds] = JSON.parse(
      result.kind === 'answered' ? result.payload : '[]',
    );
    expect(requestId).toBe(result.requestId);
    expect(functionName).toBe('orders-sync');
    expect(remainingMilliseconds).toBeGreaterThan(3_000);
    expect(remainingMilliseconds).toBeLessThanOrEqual(4_000);
  });

  test('has had its log lines delivered when it ends, whole whatever is in them', async () => {
    const lambda = await temporaryFunction(
      `exports.handler = async () => {
         process.stdout.write('{"text":"a\\u2028b\\rc"}\\n' + "x".repeat(60000) + "\\n");
         console.error("warning");
       };`,
    );
    await lambda.invoke('{}');
    expect(lambda.lines).toContain('{"text":"a\u2028b\rc"}');
    expect(lambda.lines).toContain('x'.repeat(60000));
    expect(lambda.lines).toContain('warning');
  });
});

test('the handler may be another export than the usual one', async () => {
  const lambda = await temporaryFunction('exports.operate = async () => "operated";', {
    handler: 'index.operate',
  });
  expect(await lambda.invoke('{}')).toMatchObject({ payload: '"operated"' });
});

describe('a process', () => {
  const counting = 'let count = 0; exports.handler = async () => [process.pid, ++count];';

  test('is reused while it is warm', async () => {
    const lambda = await temporaryFunction(counting);
    await lambda.invoke('{}');
    expect(await lambda.invoke('{}')).toMatchObject({ payload: expect.stringMatching(/,2\]$/) });
    expect(lambda.coldStarts()).toBe(1);
  });

  test('handles one invocation at a time; further ones get their own, up to the concurrency', async () => {
    const lambda = await temporaryFunction(
      'exports.handler = async () => { await new Promise((r) => setTimeout(r, 200)); return process.pid; };',
      { concurrency: 2 },
    );
    const results = await Promise.all([1, 2, 3, 4].map(() => lambda.invoke('{}')));
    const pids = results.map((result) => (result.kind === 'answered' ? result.payload : ''));
    expect(new Set(pids).size).toBe(2);
    expect(lambda.coldStarts()).toBe(2);
  });

  test('is killed at the timeout, even when it spins, and the next invocation is a cold start', async () => {
    const lambda = await temporaryFunction(
      'exports.handler = async (event) => { if (event.spin) for (;;); return process.pid; };',
      { timeoutMilliseconds: 2_000 },
    );
    const before = await lambda.invoke('{}');
    const pid = Number(before.kind === 'answered' && before.payload);
    expect(await lambda.invoke('{"spin":true}')).toMatchObject({ kind: 'timed-out' });
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(await lambda.invoke('{}')).toMatchObject({ kind: 'answered' });
    expect(lambda.coldStarts()).toBe(2);
  });

  test.each([
    ['leaves', 'process.exit(3)', 'exit status 3'],
    ['dies of an unhandled rejection', 'Promise.reject(new Error("lost"))', 'exit status 1'],
    ['is killed', 'process.kill(process.pid, "SIGKILL")', 'SIGKILL'],
  ])('that %s is a crash, and the next invocation a cold start', async (_, code, reason) => {
    const lambda = await temporaryFunction(
      `exports.handler = async (event) => {
         if (event.crash) { ${code}; await new Promise(() => setTimeout(() => {}, 4000)); }
       };`,
    );
    expect(await lambda.invoke('{"crash":true}')).toMatchObject({ kind: 'crashed', reason });
    expect(await lambda.invoke('{}')).toMatchObject({ kind: 'answered' });
    expect(lambda.coldStarts()).toBe(2);
  });

  test('that outgrows its memory is a crash', async () => {
    const lambda = await temporaryFunction(
      'exports.handler = async () => { const all = []; for (;;) all.push(new Array(1000).fill(all.length)); };',
      { memoryMegabytes: 128, timeoutMilliseconds: 20_000 },
    );
    expect(await lambda.invoke('{}')).toMatchObject({ kind: 'crashed', reason: 'SIGABRT' });
  });

  test('that is killed from outside takes its invocation along, and the next one is a cold start', async () => {
    const lambda = await temporaryFunction(
      'exports.handler = async (event) => { console.log("started"); if (event.spin) for (;;); };',
    );
    const result = lambda.invoke('{"spin":true}');
    await vi.waitUntil(() => lambda.lines.includes('started'));
    await lambda.kill();
    expect(await result).toMatchObject({ kind: 'crashed', reason: 'SIGKILL' });
    expect(await lambda.invoke('{}')).toMatchObject({ kind: 'answered' });
    await lambda.kill();
    expect(await lambda.invoke('{}')).toMatchObject({ kind: 'answered' });
    expect(lambda.coldStarts()).toBe(3);
  });

  test('is frozen between invocations', async () => {
    const lambda = await temporaryFunction(
      `let ticks = 0; setInterval(() => { ticks += 1; }, 5);
       exports.handler = async () => ticks;`,
    );
    await lambda.invoke('{}');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const result = await lambda.invoke('{}');
    expect(Number(result.kind === 'answered' && result.payload)).toBeLessThan(20);
  });

  test('ends when the function is stopped, and an invocation under way with it', async () => {
    const lambda = await temporaryFunction(
      'exports.handler = async () => { console.log("started"); for (;;); };',
    );
    const result = lambda.invoke('{}');
    await expect.poll(() => lambda.lines).toContain('started');
    await lambda.stop();
    expect(await result).toMatchObject({ kind: 'crashed' });
    expect(await lambda.invoke('{}')).toMatchObject({ kind: 'crashed', reason: 'stopped' });
  });
});
