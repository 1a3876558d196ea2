import { scanPage } from '../../aws/scan.ts';
import { causeNameOf } from '../../aws/service-error.ts';
import { describeTable, type TableDescription } from '../../aws/table-description.ts';
import { keyAttributes } from '../../core/item-key.ts';
import type { KeyAttribute, Table } from '../../core/table.ts';
import { type Check, counted, ok, skipped, warning, wrong } from './check.ts';
import { failed } from './failure.ts';

/** What is known of a table. */
export type TableReading = {
  readonly checks: readonly Check[];
  /** Undefined where it could not be described. */
  readonly description: TableDescription | undefined;
};

/** Checks that a table exists, has the keys that the parameter says, can be read, and has a stream. */
export const checkTable = async (table: Table): Promise<TableReading> => {
  try {
    const description = await describeTable(table.name);
    const checks = [
      checkStatus(description),
      checkKeys(table, description),
      await checkReading(table),
      ...checkStream(table, description),
    ];
    return { checks, description };
  } catch (error) {
    const checks = [undescribed(table, error), ...(await readingAlone(table, error))];
    return { checks, description: undefined };
  }
};

const undescribed = ({ name }: Table, error: unknown): Check =>
  isMissing(error)
    ? wrong(
        'exists',
        'there is no such table in this account and region',
        `Was it deleted? Then remove it from tables and run terraform apply. Is it in another region (--region) or account (--profile)?\n  aws dynamodb describe-table --table-name ${name}`,
        'Nothing is received although the table is written',
      )
    : failed('exists', error, 'dynamodb:DescribeTable');

const isMissing = (error: unknown): boolean => causeNameOf(error) === 'ResourceNotFoundException';

// Who may not describe a table may still read it.
const readingAlone = async (table: Table, error: unknown): Promise<readonly Check[]> =>
  isMissing(error) ? [] : [await checkReading(table), skipped('stream', NOT_DESCRIBED)];

const NOT_DESCRIBED = 'the table could not be described';

const checkStatus = ({ status, itemCount }: TableDescription): Check => {
  const finding = `about ${counted(itemCount, 'item')} by DynamoDB’s last count`;
  return ['ACTIVE', 'UPDATING'].includes(status)
    ? ok('exists', finding)
    : wrong('exists', `the table is ${status}`, 'Wait until it is ACTIVE.');
};

const checkKeys = (table: Table, { keys }: TableDescription): Check => {
  const configured = spoken(keyAttributes(table));
  return spoken(keys) === configured
    ? ok('keys', configured)
    : wrong(
        'keys',
        `the table has ${spoken(keys)}, the parameter says ${configured}`,
        'The table was made anew with other keys: run terraform apply, which reads them from the table, then fill a new index with backfill, since ids are made of keys.',
        'The keys are not those of the table',
      );
};

const spoken = (keys: readonly KeyAttribute[]): string =>
  keys.map(({ name, type }) => `${name} (${type})`).join(', ');

const checkReading = async ({ name }: Table): Promise<Check> => {
  try {
    await scanPage({ tableName: name, segment: 0, totalSegments: 1, limit: 1 });
    return ok('items', 'can be read');
  } catch (error) {
    return failed('items', error, 'dynamodb:Scan and dynamodb:BatchGetItem on the table');
  }
};

const checkStream = ({ name }: Table, { stream }: TableDescription): readonly Check[] => {
  if (stream === undefined) {
    return [
      wrong(
        'stream',
        'the table has no stream: its changes cannot be followed',
        `Enable one, then run terraform apply and backfill, for what was written meanwhile is in no stream:\n  aws dynamodb update-table --table-name ${name} --stream-specification StreamEnabled=true,StreamViewType=NEW_IMAGE`,
        'Nothing is received although the table is written',
      ),
    ];
  }
  return [ok('stream', 'on'), checkViewType(stream.viewType)];
};

const checkViewType = (viewType: string): Check =>
  viewType.startsWith('NEW_')
    ? ok('view type', viewType)
    : warning(
        'view type',
        `${viewType}: right, but every record costs a read of the table`,
        'With NEW_IMAGE it would not. A stream’s view type is chosen when it is enabled.',
        'The stream has no new images',
      );
