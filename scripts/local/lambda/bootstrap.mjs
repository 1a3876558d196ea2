// The smallest runtime interface client: what Lambda's own Node.js runtime does with a CommonJS bundle, without its
// wrapping of the console. Where that wrapping counts (AWS_LAMBDA_LOG_FORMAT=JSON), run aws-lambda-ric instead.
import { Agent, request } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const environment = process.env;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

// node:http and not fetch, which would load all of undici into the function's memory and cold start.
const call = (method, path, body) =>
  new Promise((resolve, reject) => {
    const url = `http://${environment['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime/${path}`;
    const outgoing = request(url, { method, agent }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ headers: response.headers, text: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    outgoing.on('error', reject).end(body);
  });

const describe = (error) =>
  JSON.stringify({
    errorType: error instanceof Error ? error.name : typeof error,
    errorMessage: error instanceof Error ? error.message : String(error),
    trace: error instanceof Error ? (error.stack ?? '').split('\n') : [],
  });

const findHandler = () => {
  const [moduleName = '', exportName = ''] = (environment['_HANDLER'] ?? '').split('.');
  const taskRoot = environment['LAMBDA_TASK_ROOT'] ?? '';
  const handler = createRequire(join(taskRoot, '/'))(join(taskRoot, moduleName))[exportName];
  if (typeof handler === 'function') return handler;
  const error = new Error(`${moduleName}.${exportName} is undefined or not exported`);
  error.name = 'Runtime.HandlerNotFound';
  throw error;
};

const loadHandler = async () => {
  try {
    return findHandler();
  } catch (error) {
    console.error(error);
    await call('POST', 'init/error', describe(error));
    return process.exit(1);
  }
};

const contextOf = (headers) => {
  const deadlineMilliseconds = Number(headers['lambda-runtime-deadline-ms']);
  return {
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    functionName: environment['AWS_LAMBDA_FUNCTION_NAME'],
    functionVersion: environment['AWS_LAMBDA_FUNCTION_VERSION'],
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    logGroupName: environment['AWS_LAMBDA_LOG_GROUP_NAME'],
    logStreamName: environment['AWS_LAMBDA_LOG_STREAM_NAME'],
    memoryLimitInMB: environment['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    getRemainingTimeInMillis: () => deadlineMilliseconds - Date.now(),
  };
};

const serveOne = async (handler) => {
  const { headers, text } = await call('GET', 'invocation/next');
  const context = contextOf(headers);
  const path = `invocation/${context.awsRequestId}`;
  try {
    const answer = await handler(JSON.parse(text), context);
    await call('POST', `${path}/response`, JSON.stringify(answer ?? null));
  } catch (error) {
    console.error(error);
    await call('POST', `${path}/error`, describe(error));
  }
};

const handler = await loadHandler();
for (;;) await serveOne(handler);
