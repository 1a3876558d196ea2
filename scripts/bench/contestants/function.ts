import { createRequire } from 'node:module';
import { serveEvents } from './serve.ts';

type Context = {
  readonly functionName: string;
  readonly getRemainingTimeInMillis: () => number;
};

// The edge: what the bundle exports is what Lambda calls.
const loadHandler = (path: string): ((event: unknown, context: Context) => Promise<unknown>) =>
  createRequire(path)(path).handler;

const handler = loadHandler(process.argv[2] ?? '');
const INVOCATION_MILLISECONDS = 60_000;

const newContext = (): Context => {
  const end = Date.now() + INVOCATION_MILLISECONDS;
  return { functionName: 'bench', getRemainingTimeInMillis: () => end - Date.now() };
};

// What Lambda's runtime does: it parses the event, calls the handler, and writes its answer as JSON.
serveEvents(async (event) => {
  const answer = JSON.stringify(await handler(JSON.parse(event), newContext()));
  if (answer !== '{"batchItemFailures":[]}') throw new Error(`the function answered ${answer}`);
});
