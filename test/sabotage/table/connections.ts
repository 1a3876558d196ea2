import type { Sabotage } from '../sabotage.ts';

const CONNECTION_TEST = 'test/function/opensearch/connection.test.ts';
const BASIC_TEST = 'test/function/opensearch/basic-authentication.test.ts';

/** Of the way to OpenSearch: connections, signatures, passwords. */
export const connections: readonly Sabotage[] = [
  {
    what: 'requests are not signed',
    file: 'function/src/open-search.ts',
    replace: 'return connect(endpoint, authentication);',
    by: 'return connect(endpoint, undefined);',
    caughtBy: { file: CONNECTION_TEST, named: 'every request is signed' },
  },
  {
    what: 'requests to OpenSearch Serverless are signed for a domain',
    file: 'function/src/opensearch/connection.ts',
    replace: 'AwsSigv4Signer(signature)',
    by: "AwsSigv4Signer({ ...signature, service: 'es' })",
    caughtBy: { file: CONNECTION_TEST, named: 'every request is signed' },
  },
  {
    what: 'the body of a request is not signed',
    file: 'function/src/opensearch/connection.ts',
    replace: 'connection.request(parameters as unknown as ClientRequestArgs, (error, response) =>',
    by: `const { body } = parameters;
    const request = connection.request({ ...parameters, body: undefined } as unknown as ClientRequestArgs, (error, response) =>`,
    caughtBy: { file: CONNECTION_TEST, named: 'every request is signed' },
  },
  {
    what: 'credentials are read once and never renewed',
    file: 'function/src/opensearch/connection.ts',
    replace: 'const provide = defaultProvider();',
    by: 'const first = defaultProvider()();\n  const provide = () => first;',
    caughtBy: { file: CONNECTION_TEST },
  },
  {
    what: 'every request has a connection of its own',
    file: 'function/src/opensearch/connection.ts',
    replace: 'headers: { ...HEADERS,',
    by: "headers: { connection: 'close', ...HEADERS,",
    caughtBy: { file: CONNECTION_TEST, named: 'is one for all invocations' },
  },
  {
    what: 'a connection pool is opened for every invocation',
    file: 'function/src/handler.ts',
    replace: 'environment ??= createExecutionEnvironment(process.env);',
    by: 'environment = createExecutionEnvironment(process.env);',
    caughtBy: { file: CONNECTION_TEST, named: 'is one for all invocations' },
  },
  {
    what: 'credentials that do not come are waited for without end',
    file: 'function/src/opensearch/connection.ts',
    replace: 'await orAborted(provideAuth(), overdue.signal)',
    by: 'await provideAuth()',
    caughtBy: { file: CONNECTION_TEST, named: 'credentials that do not come' },
  },
  {
    what: 'a password is kept for ever',
    file: 'function/src/opensearch/basic-authentication.ts',
    replace: `      refusedAt = performance.now();
      authorization = undefined;`,
    by: '      refusedAt = performance.now();',
    caughtBy: { file: BASIC_TEST },
  },
  {
    what: 'a password is read at every refusal',
    file: 'function/src/opensearch/basic-authentication.ts',
    replace: 'isRefused && performance.now() - refusedAt >= SHORTEST_PAUSE_MILLISECONDS',
    by: 'isRefused',
    caughtBy: { file: BASIC_TEST, named: 'and then not before a minute is over' },
  },
  {
    what: 'a password is read before every request',
    file: 'function/src/opensearch/basic-authentication.ts',
    replace: 'authorization ??= read',
    by: 'authorization = read',
    caughtBy: { file: BASIC_TEST, named: 'reads the secret once' },
  },
  {
    what: 'a request goes out without a password when the secret cannot be read',
    file: 'function/src/opensearch/basic-authentication.ts',
    replace: '      () => undefined,\n',
    by: '      () => request.headers ?? {},\n',
    caughtBy: {
      file: BASIC_TEST,
      named: 'sends nothing and says why while the secret cannot be used',
    },
  },
  {
    what: 'a secret that cannot be read is never read again',
    file: 'function/src/opensearch/basic-authentication.ts',
    replace: `    authorization.catch(() => {
      authorization = undefined;
    });
`,
    by: '    authorization.catch(() => undefined);\n',
    caughtBy: { file: BASIC_TEST, named: 'and heals' },
  },
  {
    what: 'a name that is not plain is not escaped in the path',
    file: 'function/src/opensearch/bulk.ts',
    replace: 'path: `/${encodeURIComponent(index)}/_bulk`',
    by: 'path: `/${index}/_bulk`',
    caughtBy: { file: BASIC_TEST },
  },
];
