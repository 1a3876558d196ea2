type Inputs = { readonly [name: string]: unknown };

const orders = (table: Inputs): Inputs => ({ tables: { Orders: table } });

const ENDPOINT = 'https://search-shop-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com';
const COLLECTION = 'https://abcdefghijklmnopqrst.eu-west-1.aoss.amazonaws.com';
const SECRET = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:opensearch-abcdef';

const ONE_ADDRESS = 'opensearch: give exactly one of domain_name, endpoint and config_object.';
const ENDPOINT_RULE =
  'opensearch.endpoint: must be an https URL such as "https://search-shop-….eu-west-1.es.amazonaws.com" (http only for localhost, 127.0.0.0/8 and [::1]), without user, password, query and fragment; a password goes into a secret, see opensearch.secret_arn.';
const ARN_RULE =
  'opensearch.arn: must be the ARN of a domain (arn:aws:es:…:domain/…) or of a serverless collection (arn:aws:aoss:…:collection/…), without an index.';

/** Inputs that cannot work, over a complete set, and what is said about them: name, inputs, message. */
export const refusals: readonly (readonly [string, Inputs, string])[] = [
  [
    'an ARN for a table name',
    { tables: { 'arn:aws:dynamodb:eu-west-1:123456789012:table/Orders': { index: 'orders' } } },
    'tables: "arn:aws:dynamodb:eu-west-1:123456789012:table/Orders" is no name of a DynamoDB table (3 to 255 letters, digits, _, . and -); the key is the name, not the ARN.',
  ],
  ...[
    'arn:aws:dynamodb:eu-west-1:123456789012:table/Users',
    'arn:aws:dynamodb:eu-west-1:123456789012:table/Orders/stream/2026-01-01T00:00:00.000',
    'Orders',
  ].map(
    (arn) =>
      [
        `the table ARN ${arn}`,
        orders({ arn }),
        `tables.Orders.arn: "${arn}" must be the ARN of that very table, as its resource has it: aws_dynamodb_table.….arn.`,
      ] as const,
  ),
  ...illegalIndexes(),
  [
    'a table whose name is no index',
    { tables: { _Orders: {} } },
    'tables._Orders.index: "_orders" must not start with -, _ or +; give the table another index.',
  ],
  [
    'an index of 256 bytes',
    orders({ index: 'é'.repeat(128) }),
    'tables.Orders.index: must be at most 255 bytes long; give the table another index.',
  ],
  [
    'two tables on one index',
    { tables: { Orders: { index: 'shop' }, Users: { index: 'shop' } } },
    'tables: Orders and Users share the index "shop"; each table needs its own: give all but one another index.',
  ],
  [
    'two tables whose names differ by case only',
    { tables: { Orders: {}, ORDERS: {} } },
    'tables: ORDERS and Orders share the index "orders"; each table needs its own: give all but one another index.',
  ],
  [
    'an unknown profile',
    orders({ profile: 'fast' }),
    'tables.Orders.profile: "fast" must be one of exact, bfansports.',
  ],
  [
    'a condition that nothing meets',
    orders({ where: { entity: [] } }),
    'tables.Orders.where.entity: must allow one value or more, such as ["order"].',
  ],
  [
    'include beside exclude',
    orders({ include: ['total'], exclude: ['notes'] }),
    'tables.Orders: must have include or exclude, not both.',
  ],
  ...noObjects('settings', 'jsonencode({ number_of_replicas = 1 })'),
  ...noObjects('mappings', 'jsonencode({ properties = { sku = { type = "keyword" } } })'),
  [
    'an empty pipeline',
    orders({ pipeline: '' }),
    'tables.Orders.pipeline: must be a text that is not empty; leave it out for none.',
  ],
  ...beyondLimits('batch_size', [0, 10_001, 1.5], 'a whole number between 1 and 10000'),
  ...beyondLimits('batching_window_seconds', [-1, 301, 0.5], 'a whole number between 0 and 300'),
  ...beyondLimits('parallelization_factor', [0, 11, 1.5], 'a whole number between 1 and 10'),
  ...beyondLimits(
    'maximum_retry_attempts',
    [-2, 10_001, 0.5],
    'a whole number between 0 and 10000, or -1 for without end',
  ),
  ...beyondLimits(
    'maximum_record_age_seconds',
    [-2, 59, 604_801, 60.5],
    'a whole number between 60 and 604800, or -1 for without end',
  ),

  ['no address', { opensearch: {} }, ONE_ADDRESS],
  ['two addresses', { opensearch: { domain_name: 'shop', endpoint: ENDPOINT } }, ONE_ADDRESS],
  [
    'an address for a domain name',
    { opensearch: { domain_name: ENDPOINT } },
    `opensearch.domain_name: "${ENDPOINT}" is no name of a domain: 3 to 28 lower-case letters, digits and hyphens. An address goes into opensearch.endpoint.`,
  ],
  ...[
    'search.example.com',
    'http://search.example.com',
    'http://localhost.example.com',
    'https://user:password@search.example.com',
    'https://search.example.com/?pretty',
  ].map((endpoint) => [endpoint, { opensearch: { endpoint } }, ENDPOINT_RULE] as const),
  [
    'a collection without its service',
    { opensearch: { endpoint: COLLECTION } },
    'opensearch.service: the endpoint is that of a serverless collection; add service = "aoss".',
  ],
  [
    'an unknown service',
    { opensearch: { domain_name: 'shop', service: 'elasticsearch' } },
    'opensearch.service: must be es (OpenSearch Service) or aoss (OpenSearch Serverless).',
  ],
  [
    'the ARN of an index',
    {
      opensearch: {
        domain_name: 'shop',
        arn: 'arn:aws:es:eu-west-1:123456789012:domain/shop/orders',
      },
    },
    ARN_RULE,
  ],
  [
    'the ARN of a collection for a domain',
    {
      opensearch: {
        domain_name: 'shop',
        arn: 'arn:aws:aoss:eu-west-1:123456789012:collection/abc',
      },
    },
    'opensearch.arn: must be of the service that opensearch.service names (es is a domain, aoss a serverless collection).',
  ],
  [
    'a zone for a region',
    { opensearch: { domain_name: 'shop', region: 'eu-west-1a' } },
    'opensearch.region: must be the name of a region, such as eu-west-1.',
  ],
  [
    'the name of a secret',
    { opensearch: { domain_name: 'shop', secret_arn: 'opensearch' } },
    'opensearch.secret_arn: must be the ARN of a Secrets Manager secret (arn:aws:secretsmanager:…:secret:…); user and password stand in it, as JSON.',
  ],
  ...[
    { domain_name: 'shop', service: 'aoss', collection_name: 'shop' },
    { endpoint: COLLECTION, service: 'aoss', collection_name: 'shop', secret_arn: SECRET },
  ].map(
    (opensearch) =>
      [
        `a collection by ${Object.keys(opensearch).join(', ')}`,
        { opensearch },
        'opensearch: a serverless collection (service = "aoss") is reached by its endpoint and with signed requests; leave out domain_name and secret_arn.',
      ] as const,
  ),
  [
    'a collection without its name',
    { opensearch: { endpoint: COLLECTION, service: 'aoss' } },
    'opensearch.collection_name: service = "aoss" needs the name of the collection (3 to 32 lower-case letters, digits and hyphens): data access policies go by it.',
  ],
  [
    'an access policy for a domain',
    { opensearch: { domain_name: 'shop', manage_access_policy: true } },
    'opensearch: collection_name and manage_access_policy are for serverless collections; add service = "aoss" or leave them out.',
  ],

  ...['Shop', 'shop-', 'ab', 'shop-production-of-search-sync1'].map(
    (name) =>
      [
        `the name ${name}`,
        { name },
        `name: "${name}" must be 3 to 30 lower-case letters, digits and hyphens, begin with a letter and not end with a hyphen, such as "shop-prod".`,
      ] as const,
  ),
  [
    'a name that AWS keeps for itself',
    { name: 'aws-shop' },
    'name: "aws-shop" must not begin with aws, ssm, xn--, sthree- or amzn-s3-demo-, which AWS keeps for its own parameters and buckets.',
  ],
  ['an unknown refresh', { refresh: 'always' }, 'refresh: must be auto, true, wait_for or false.'],
  [
    'a pattern that is none',
    { tables_matching: '[' },
    'tables_matching: "[" is no regular expression that Terraform understands (RE2), such as "^prod_".',
  ],

  ...[127, 10_241, 512.5].map(
    (memory_mb) =>
      [
        `a memory of ${memory_mb} MB`,
        { function: { memory_mb } },
        'function.memory_mb: must be a whole number between 128 and 10240.',
      ] as const,
  ),
  ...[4, 901].map(
    (timeout_seconds) =>
      [
        `a timeout of ${timeout_seconds} s`,
        { function: { timeout_seconds } },
        'function.timeout_seconds: must be a whole number between 5 and 900; the function keeps the last two seconds for its answer.',
      ] as const,
  ),
  [
    'an unknown architecture',
    { function: { architecture: 'arm' } },
    'function.architecture: must be arm64 or x86_64.',
  ],
  [
    'an old runtime',
    { function: { runtime: 'nodejs20.x' } },
    'function.runtime: must be nodejs22.x or nodejs24.x.',
  ],
  [
    'a concurrency that stops the function',
    { function: { reserved_concurrency: 0 } },
    'function.reserved_concurrency: must be a whole number, at least 1 (0 would stop the function; leave it out to reserve none).',
  ],
  [
    'an unknown log level',
    { function: { log_level: 'info' } },
    'function.log_level: must be DEBUG, INFO, WARN or ERROR.',
  ],
  ...[
    { subnet_ids: [], security_group_ids: ['sg-1'] },
    { subnet_ids: ['subnet-1'], security_group_ids: [] },
  ].map(
    (network) =>
      [
        `a network of ${network.subnet_ids.length} subnets`,
        { network },
        'network: needs one subnet and one security group or more; leave network out for a function outside of any VPC.',
      ] as const,
  ),

  [
    'a retention that CloudWatch has not',
    { logs: { retention_days: 31 } },
    "logs.retention_days: 31 is none of CloudWatch's steps: 0 (for ever), 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653.",
  ],
  [
    'an alias for the key of the logs',
    { logs: { kms_key_arn: 'alias/logs' } },
    'logs.kms_key_arn: must be the ARN of a key (arn:aws:kms:…:key/…).',
  ],
  [
    'versions that go at once',
    { dead_letters: { noncurrent_days: 0 } },
    'dead_letters.noncurrent_days: must be a whole number of days, at least 1.',
  ],
  [
    'an alias for a key',
    { kms_key_arn: 'arn:aws:kms:eu-west-1:123456789012:alias/shop' },
    'kms_key_arn: must be the ARN of a key (arn:aws:kms:…:key/…); a policy cannot name an alias.',
  ],
  [
    'a role for a boundary',
    { permissions_boundary_arn: 'arn:aws:iam::123456789012:role/boundary' },
    'permissions_boundary_arn: must be the ARN of an IAM policy (arn:aws:iam::…:policy/…).',
  ],
  [
    'an alarm that tells an address',
    { alarms: { actions: ['on-call@example.com'] } },
    'alarms.actions and alarms.ok_actions: must be ARNs, such as arn:aws:sns:eu-west-1:123456789012:on-call.',
  ],
  [
    'an alarm that is unknown',
    { alarms: { disabled: ['freshnes'] } },
    'alarms.disabled: must be some of dead_letters, errors, freshness, iterator_age, records_lost, retries, stopped, throttles; not freshnes.',
  ],
  [
    'a threshold of nothing',
    { alarms: { retries: 0 } },
    'alarms: each of dead_letters, errors, freshness_seconds, iterator_age_seconds, retries and throttles must be more than 0; to go without an alarm, name it in alarms.disabled.',
  ],
  [
    'a time that is no period',
    { alarms: { stopped_minutes: 12 } },
    'alarms.stopped_minutes: must be a multiple of 5 between 5 and 1440.',
  ],
  [
    'a dashboard of no time',
    { dashboard: { hours: 0 } },
    'dashboard.hours: must be a whole number between 1 and 720.',
  ],
];

function illegalIndexes(): typeof refusals {
  const forbidden = 'must hold no space and none of \\ / * ? " < > | , # :';
  return [
    ['Orders', 'must be in lower case'],
    ...[...' \u00a0\\/*?"<>|,#:'].map((character) => [`or${character}ders`, forbidden] as const),
    ...[...'-_+'].map((start) => [`${start}orders`, 'must not start with -, _ or +'] as const),
    ...['', '.', '..'].map((index) => [index, 'is no name'] as const),
  ].map(([index = '', problem]) => [
    `the index ${[...index].map((letter) => letter.codePointAt(0)).join(' ')}`,
    orders({ index }),
    `tables.Orders.index: "${index}" ${problem}; give the table another index.`,
  ]);
}

function noObjects(field: string, example: string): typeof refusals {
  return ['number_of_replicas: 1', '[]', 'null', '"text"'].map((json, position) => [
    `${field} that are no object, ${position}`,
    orders({ [field]: json }),
    `tables.Orders.${field}: must be a JSON object, such as ${example}.`,
  ]);
}

function beyondLimits(field: string, values: readonly number[], rule: string): typeof refusals {
  return values.map((value) => [
    `a ${field} of ${value}`,
    orders({ [field]: value }),
    `tables.Orders.${field}: ${value} must be ${rule}.`,
  ]);
}
