import { readObjectIfThere } from '../../../function/src/aws/objects.ts';
import {
  at,
  elementsOf,
  type Fields,
  parseObject,
  textOf,
} from '../../../function/src/core/json-value.ts';
import { REPORT_KEY } from '../../../function/src/operator/remote/keys.ts';
import { objectOf, type RunLocation } from './run-location.ts';
import { type Totals, totalsIn } from './totals.ts';

/** What a run has come to. */
export type Report = {
  readonly order: unknown;
  readonly milliseconds: number;
  readonly tables: readonly TableReport[];
  /** All of it, for what only one command has. */
  readonly fields: Fields;
};

/** What it has come to for one table. */
export type TableReport = {
  readonly table: string;
  readonly index: string;
  readonly counts: Totals;
  /** Documents by the field that OpenSearch ignored in them as malformed. */
  readonly ignored: Totals;
};

/** Reads the report of a run that has ended. @throws ServiceError, Error where there is none or it is of another version */
export const readReport = async (location: RunLocation): Promise<Report> => {
  const { bucket, key } = objectOf(location, REPORT_KEY);
  const text = await readObjectIfThere({ bucket, key });
  if (text === undefined)
    throw new Error(`The report s3://${bucket}/${key} is gone: reports are kept for 90 days.`);
  const fields = parseObject(text);
  if (fields?.['version'] === 1) return reportOf(fields);
  throw new Error(
    `The report s3://${bucket}/${key} is of another version of this program: update this one, or the module.`,
  );
};

const reportOf = (fields: Fields): Report => ({
  order: fields['order'],
  milliseconds: momentOf(fields['ended_at']) - momentOf(fields['started_at']),
  tables: elementsOf(fields['tables']).map(tableReportOf),
  fields,
});

const momentOf = (value: unknown): number => Date.parse(textOf(value) ?? '') || 0;

const tableReportOf = (value: unknown): TableReport => ({
  table: textOf(at(value, 'table')) ?? '',
  index: textOf(at(value, 'index')) ?? '',
  counts: totalsIn(at(value, 'counts')),
  ignored: totalsIn(at(value, 'counts', 'ignored')),
});
