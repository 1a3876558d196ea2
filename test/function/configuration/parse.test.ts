import { describe, expect, test } from 'vitest';
import { parseConfiguration } from '../../../function/src/configuration/parse.ts';

const keys = [{ name: 'pk', type: 'S' }];

const usual = () => ({
  endpoint: 'https://search-orders-abc.eu-west-1.es.amazonaws.com',
  dead_letter: { bucket: 'letters', prefix: 'rejected/' },
  tables: { Orders: { index: 'orders', keys } },
});

const parse = (value: unknown, region?: string) =>
  parseConfiguration(
    typeof value === 'string' ? value : JSON.stringify(value),
    'the parameter p',
    region,
  );

/** The problems that are found, without the heading of the message. */
const problemsOf = (value: unknown, region?: string): readonly string[] => {
  try {
    parse(value, region);
    return [];
  } catch (error) {
    const [heading, ...problems] = String((error as Error).message).split('\n');
    expect(heading).toBe('the parameter p holds no valid configuration:');
    return problems.map((problem) => problem.replace(/^- /, ''));
  }
};

const withTable = (table: object) => ({
  ...usual(),
  tables: { Orders: { index: 'orders', keys, ...table } },
});

test('what is left out has its default', () => {
  const { endpoint, ...configuration } = parse(usual());
  expect(endpoint.href).toBe('https://search-orders-abc.eu-west-1.es.amazonaws.com/');
  expect(configuration).toEqual({
    authentication: { type: 'sigv4', service: 'es', region: 'eu-west-1' },
    refresh: 'auto',
    deadLetter: { bucket: 'letters', prefix: 'rejected/' },
    tables: new Map([
      [
        'Orders',
        {
          name: 'Orders',
          index: 'orders',
          partitionKey: { name: 'pk', type: 'S' },
          profile: 'exact',
          where: new Map(),
          exclude: new Set(),
          settings: {},
          mappings: {},
        },
      ],
    ]),
  });
});

test('every field is read', () => {
  const { authentication, refresh, deadLetter, tables } = parse({
    endpoint: 'https://opensearch.example.org/behind/a/path',
    auth: { type: 'basic', secret_arn: 'arn:aws:secretsmanager:eu-west-1:1:secret:s' },
    refresh: 'wait_for',
    dead_letter: { bucket: 'letters', prefix: '' },
    tables: {
      'my.Table-1_x': {
        index: 'people',
        keys: [
          { name: '__proto__', type: 'B' },
          { name: 'sk', type: 'N' },
        ],
        profile: 'bfansports',
        exclude: ['password_hash'],
        where: { entity: ['order', 'invoice'], n: ['1'], open: ['true'] },
        settings: { number_of_replicas: 2 },
        mappings: { dynamic: false },
        pipeline: 'embed',
      },
      Other: { index: 'others', keys, include: ['a', 'b'] },
    },
  });
  expect(authentication).toEqual({
    type: 'basic',
    secretArn: 'arn:aws:secretsmanager:eu-west-1:1:secret:s',
  });
  expect(refresh).toBe('wait_for');
  expect(deadLetter).toEqual({ bucket: 'letters', prefix: '' });
  expect(tables.get('my.Table-1_x')).toEqual({
    name: 'my.Table-1_x',
    index: 'people',
    partitionKey: { name: '__proto__', type: 'B' },
    sortKey: { name: 'sk', type: 'N' },
    profile: 'bfansports',
    exclude: new Set(['password_hash']),
    where: new Map([
      ['entity', new Set(['order', 'invoice'])],
      ['n', new Set(['1'])],
      ['open', new Set(['true'])],
    ]),
    settings: { number_of_replicas: 2 },
    mappings: { dynamic: false },
    pipeline: 'embed',
  });
  expect(tables.get('Other')).toMatchObject({ include: new Set(['a', 'b']), exclude: new Set() });
});

test('names that mean something to JavaScript are names of tables and attributes like any other', () => {
  const text = JSON.stringify(usual())
    .replace('"Orders":{', '"__proto__":{"where":{"__proto__":["a"],"constructor":["b"]},')
    .replace(
      '"tables":{',
      '"tables":{"constructor":{"index":"c","keys":[{"name":"toString","type":"S"}]},',
    );
  const { tables } = parse(text);
  expect([...tables.keys()]).toEqual(['constructor', '__proto__']);
  expect([...(tables.get('__proto__')?.where.keys() ?? [])]).toEqual(['__proto__', 'constructor']);
});

describe('the region', () => {
  const regionOf = (parts: object, region?: string) => {
    const { authentication } = parse({ ...usual(), ...parts }, region);
    return authentication.type === 'sigv4' && authentication.region;
  };

  test.each([
    ['https://search-a-b.us-gov-west-1.es.amazonaws.com', 'us-gov-west-1'],
    ['https://vpc-a-b.cn-north-1.es.amazonaws.com.cn', 'cn-north-1'],
    ['https://abc123.ap-southeast-2.aoss.amazonaws.com', 'ap-southeast-2'],
  ])('is that in the host name of %s', (endpoint, region) => {
    expect(regionOf({ endpoint }, 'eu-west-1')).toBe(region);
  });

  test('is the configured one before all others, and the function’s where nobody names one', () => {
    expect(regionOf({ auth: { region: 'eu-north-1' } }, 'eu-west-2')).toBe('eu-north-1');
    expect(regionOf({ endpoint: 'https://search.example.org' }, 'eu-west-2')).toBe('eu-west-2');
  });

  test('is a problem where there is none at all', () => {
    expect(problemsOf({ ...usual(), endpoint: 'https://search.example.org' })).toEqual([
      'auth.region: must be a text that is not empty',
    ]);
  });
});

const onlyText = 'must be a text that is not empty';

test.each([
  ['not JSON', '{', ['the configuration: must be an object']],
  ['empty', '', ['the configuration: must be an object']],
  ['null', 'null', ['the configuration: must be an object']],
  ['a list', '[]', ['the configuration: must be an object']],
  ['a text', '"text"', ['the configuration: must be an object']],
])('a configuration that is %s is one problem', (_, text, problems) => {
  expect(problemsOf(text)).toEqual(problems);
});

/** A field, a value, and the problems that it is. */
type Case = readonly [string, unknown, readonly string[]];

const fields: readonly Case[] = [
  ['endpoint', undefined, [`endpoint: ${onlyText}`]],
  ['endpoint', '', [`endpoint: ${onlyText}`]],
  ['endpoint', 5, [`endpoint: ${onlyText}`]],
  ['endpoint', 'opensearch', ['endpoint: must be an https URL']],
  ...[
    'http://opensearch.example.org',
    'ftp://localhost',
    'http://128.0.0.1',
    'http://localhost.example.org',
    'http://[::2]',
  ].map(
    (url) =>
      [
        'endpoint',
        url,
        ['endpoint: must be an https URL (http only for localhost, 127.0.0.0/8 and [::1])'],
      ] as const,
  ),
  [
    'endpoint',
    'https://u:p@h',
    ['endpoint: must hold no user and password; use auth with a secret_arn'],
  ],
  ['endpoint', 'https://h/?a=b', ['endpoint: must have no query and no fragment']],
  ['endpoint', 'https://h/#a', ['endpoint: must have no query and no fragment']],
  ['auth', 'sigv4', ['auth: must be an object']],
  ['auth', { type: 'none' }, ['auth.type: must be one of sigv4, basic']],
  ['auth', { service: 's3' }, ['auth.service: must be one of es, aoss']],
  ['auth', { region: '' }, [`auth.region: ${onlyText}`]],
  ['auth', { secret_arn: 'a' }, ['auth.secret_arn: unknown field (known: type, service, region)']],
  ['auth', { type: 'basic' }, [`auth.secret_arn: ${onlyText}`]],
  [
    'auth',
    { type: 'basic', secret_arn: 'a', region: 'b' },
    ['auth.region: unknown field (known: type, secret_arn)'],
  ],
  ['refresh', true, ['refresh: must be one of auto, true, wait_for, false']],
  ['refresh', 'now', ['refresh: must be one of auto, true, wait_for, false']],
  ['dead_letter', undefined, ['dead_letter: must be an object']],
  ['dead_letter', {}, [`dead_letter.bucket: ${onlyText}`, `dead_letter.prefix: ${onlyText}`]],
  [
    'dead_letter',
    { bucket: '', prefix: 5, keep: true },
    [
      'dead_letter.keep: unknown field (known: bucket, prefix)',
      `dead_letter.bucket: ${onlyText}`,
      `dead_letter.prefix: ${onlyText}`,
    ],
  ],
  ['tables', undefined, ['tables: must name one table or more']],
  ['tables', {}, ['tables: must name one table or more']],
  ['tables', [], ['tables: must be an object']],
  ['tables', { Orders: null }, ['tables.Orders: must be an object']],
  ['retries', 5, ['retries: unknown field (known: endpoint, auth, refresh, dead_letter, tables)']],
];

test.each(fields)('the field %s of %j is a problem with its path', (field, value, problems) => {
  expect(problemsOf({ ...usual(), [field]: value }, 'eu-west-1')).toEqual(problems);
});

test.each([
  'http://localhost:9200',
  'http://127.0.0.1',
  'http://127.9.9.9:1',
  'http://[::1]:9200',
  'https://h:8443/path/',
])('the endpoint %s is none', (endpoint) => {
  expect(problemsOf({ ...usual(), endpoint }, 'eu-west-1')).toEqual([]);
});

const tableFields: readonly Case[] = [
  ['index', undefined, [`tables.Orders.index: ${onlyText}`]],
  ['index', 'Orders', ['tables.Orders.index: "Orders" must be in lower case']],
  ['index', '_all', ['tables.Orders.index: "_all" must not start with -, _ or +']],
  ['index', '-a', ['tables.Orders.index: "-a" must not start with -, _ or +']],
  ['index', '+a', ['tables.Orders.index: "+a" must not start with -, _ or +']],
  ['index', '..', ['tables.Orders.index: ".." is no name']],
  ['index', 'ä'.repeat(128), ['tables.Orders.index: must be at most 255 bytes long']],
  ['index', '\ud800', ['tables.Orders.index: must be Unicode']],
  ...['a b', 'a*', 'a,b', 'a/b', 'a\\b', 'a?', 'a"', 'a<', 'a>', 'a|', 'a#', 'a:b'].map(
    (index) =>
      [
        'index',
        index,
        [`tables.Orders.index: "${index}" must hold no space and none of \\ / * ? " < > | , # :`],
      ] as const,
  ),
  ...[undefined, [], {}, [...keys, ...keys, ...keys]].map(
    (value) =>
      [
        'keys',
        value,
        [
          'tables.Orders.keys: must be a list of the partition key and, if there is one, the sort key',
        ],
      ] as const,
  ),
  [
    'keys',
    [{ name: '', type: 'X', order: 1 }, 'sk'],
    [
      'tables.Orders.keys.0.order: unknown field (known: name, type)',
      `tables.Orders.keys.0.name: ${onlyText}`,
      'tables.Orders.keys.0.type: must be one of S, N, B',
      'tables.Orders.keys.1: must be an object',
    ],
  ],
  ['keys', [...keys, ...keys], ['tables.Orders.keys: must name two attributes']],
  ['profile', 'quick', ['tables.Orders.profile: must be one of exact, bfansports']],
  ['profile', null, ['tables.Orders.profile: must be one of exact, bfansports']],
  ['where', [], ['tables.Orders.where: must be an object']],
  ['where', { a: 'b' }, ['tables.Orders.where.a: must be a list of texts']],
  ['where', { a: [1] }, ['tables.Orders.where.a: must be a list of texts']],
  ['where', { a: [] }, ['tables.Orders.where.a: must allow one value or more']],
  ['include', 'a', ['tables.Orders.include: must be a list of texts']],
  ['exclude', [null], ['tables.Orders.exclude: must be a list of texts']],
  ['settings', [], ['tables.Orders.settings: must be an object']],
  ['mappings', '{}', ['tables.Orders.mappings: must be an object']],
  ['pipeline', '', [`tables.Orders.pipeline: ${onlyText}`]],
  [
    'batch_size',
    100,
    [
      'tables.Orders.batch_size: unknown field (known: index, keys, profile, where, include, exclude, settings, mappings, pipeline)',
    ],
  ],
];

test.each(tableFields)(
  'the field %s of a table of %j is a problem with its path',
  (field, value, problems) => {
    expect(problemsOf(withTable({ [field]: value }))).toEqual(problems);
  },
);

test('include and exclude together are a problem', () => {
  expect(problemsOf(withTable({ include: ['a'], exclude: ['b'] }))).toEqual([
    'tables.Orders: must have include or exclude, not both',
  ]);
});

test.each(['orders', 'a', '.hidden', 'été', 'a+b@c;d=e&f', "(it's!)", 'x'.repeat(255), '日本'])(
  'the index name %s is none',
  (index) => {
    expect(problemsOf(withTable({ index }))).toEqual([]);
  },
);

test.each(['', '..', 'x'.repeat(256), '../Orders', 'a/b', 'a b', '\x1b[2J', 'Größe'])(
  'the table name %j is none of DynamoDB’s',
  (name) => {
    expect(problemsOf({ ...usual(), tables: { [name]: { index: 'orders', keys } } })).toEqual([
      `tables.${name}: is no name of a DynamoDB table: letters, digits, "_", "-" and ".", 255 at most`,
    ]);
  },
);

test.each(['Ord', 'x'.repeat(255), 'a.b-c_D9', '__proto__', 'constructor'])(
  'the table name %s is one',
  (name) => {
    const tables = JSON.parse(`{"${name}":{"index":"orders"}}`);
    tables[name].keys = keys;
    expect(problemsOf({ ...usual(), tables: Object.assign(Object.create(null), tables) })).toEqual(
      [],
    );
  },
);

test('tables that share an index are a problem of each after the first', () => {
  const table = { index: 'shared', keys };
  expect(
    problemsOf({
      ...usual(),
      tables: { Ants: table, Bees: { index: 'b', keys }, Cats: table, Dogs: table },
    }),
  ).toEqual([
    'tables.Cats.index: "shared" is the index of Ants too; each table needs its own',
    'tables.Dogs.index: "shared" is the index of Ants too; each table needs its own',
  ]);
});

test('all problems there are stand in one message, those of one place beside those of another', () => {
  const problems = problemsOf({
    endpoint: 'http://example.org',
    auth: { type: 'sigv4', service: 'ec2', token: 'x' },
    refresh: 'always',
    dead_letter: { prefix: 'x' },
    tables: {
      Ants: { index: 'shared', keys: [] },
      Bees: { index: 'shared', keys, profile: 'x', where: { a: [], b: 5 }, pipeline: 1 },
      Cats: 5,
    },
    more: {},
  });
  expect(problems.map((problem) => problem.split(': ')[0])).toEqual([
    'more',
    'endpoint',
    'auth.token',
    'auth.service',
    'auth.region',
    'refresh',
    'dead_letter.bucket',
    'tables.Bees.index',
    'tables.Ants.keys',
    'tables.Bees.profile',
    'tables.Bees.where.a',
    'tables.Bees.where.b',
    'tables.Bees.pipeline',
    'tables.Cats',
  ]);
});
