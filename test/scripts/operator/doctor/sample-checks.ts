import {
  type GroupedCheck,
  grouped,
  ok,
  skipped,
  warning,
  wrong,
} from '../../../../function/src/operator/doctor/check.ts';

const backfill = '\n  npx dynamodb-to-opensearch backfill Orders';

/** What an examination may find. */
export const sampleChecks: readonly GroupedCheck[] = [
  ...grouped(
    [
      ok(
        'credentials',
        'account 123456789012 in eu-west-1, arn:aws:sts::123456789012:assumed-role/Operator/ada',
      ),
      ok('clock', 'agrees with AWS'),
    ],
    'identity',
  ),
  ...grouped(
    [ok('content', 'version 7 is valid: 1 table, search-shop.eu-west-1.es.amazonaws.com')],
    'parameter',
    'shop-prod-configuration',
  ),
  ...grouped(
    [
      ok('exists', 'about 1,204 items by DynamoDB’s last count'),
      ok('stream', 'on'),
      warning(
        'view type',
        'KEYS_ONLY: right, but every record costs a read of the table',
        'With NEW_IMAGE it would not. A stream’s view type is chosen when it is enabled.',
        'The stream has no new images',
      ),
      ok('event source', 'its mapping is enabled, on the current stream'),
    ],
    'table',
    'Orders',
  ),
  ...grouped(
    [
      wrong(
        'built with',
        'other settings: keys, profile, where, include or exclude have changed since, so that its documents may hold what is excluded now',
        `Write all documents anew:${backfill}`,
        'The index was built with other settings',
      ),
      skipped('definition', 'index templates may not be simulated'),
    ],
    'index',
    'orders',
  ),
];
