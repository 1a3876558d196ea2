import type { Item } from '../../../../function/src/core/attribute-value.ts';
import { documentWriter } from '../../../../function/src/core/document.ts';
import { documentId } from '../../../../function/src/core/document-id.ts';
import { JsonWriter } from '../../../../function/src/core/json-writer.ts';
import type { Table } from '../../../../function/src/core/table.ts';
import { isIndexed } from '../../../../function/src/core/where.ts';
import { deadlineOf } from '../../../../function/src/deadline.ts';
import {
  type Difference,
  newCounts,
  type Unrepaired,
  type VerificationCounts,
  type VerifyOptions,
  type VerifyTools,
} from '../../../../function/src/operator/verify/verification.ts';
import { verifyTable } from '../../../../function/src/operator/verify/verify-table.ts';
import type { OperatorStage } from '../../../support/operator-stage.ts';

/** What a verification has told. */
export type Verified = {
  readonly counts: VerificationCounts;
  readonly differences: readonly Difference[];
  readonly unrepaired: readonly Unrepaired[];
  /** Each difference as `kind id`, sorted. */
  readonly told: readonly string[];
};

/** What of a verification is not the usual. */
export type VerifiedOptions = Partial<VerifyOptions> &
  Partial<
    Pick<VerifyTools, 'isServerless' | 'signal' | 'counts' | 'patienceMilliseconds' | 'onHindrance'>
  >;

/** Verifies a table of the stage, without waiting long before a difference counts. */
export const verified = async (
  { environment, table }: Pick<OperatorStage, 'environment' | 'table'>,
  suffix = '',
  options: VerifiedOptions = {},
): Promise<Verified> => {
  const { isServerless = false, signal, counts = newCounts(), ...others } = options;
  const { patienceMilliseconds = 60_000, onHindrance = () => undefined, ...wishes } = others;
  const differences: Difference[] = [];
  const unrepaired: Unrepaired[] = [];
  const usual = { workers: 2, samplePercent: undefined, delaySeconds: 0.2, isRepairing: false };
  await verifyTable(
    table(suffix),
    { ...usual, ...wishes },
    {
      ...environment,
      isServerless,
      patienceMilliseconds,
      onHindrance,
      signal: signal ?? new AbortController().signal,
      counts,
      onDifference: (difference) => differences.push(difference),
      onUnrepaired: (one) => unrepaired.push(one),
    },
  );
  const told = differences.map(({ kind, id }) => `${kind} ${id}`).sort();
  return { counts, differences, unrepaired, told };
};

/** Writes the documents of a table's items, as a backfill would. */
export const indexItems = async (stage: OperatorStage, suffix = ''): Promise<void> => {
  const table = stage.table(suffix);
  const deadline = deadlineOf(() => 30_000);
  const fault = await stage.environment.indexes.prepare(table, deadline);
  if (fault !== undefined) throw new Error(JSON.stringify(fault));
  const items = (await stage.items(suffix)).filter((item) => isIndexed(item, table));
  const version = Math.floor(Date.now() / 1000 - 60) * 1_000_000;
  const lines = items.map((item) => {
    const action = { _id: documentId(item, table), version, version_type: 'external_gte' };
    return `${JSON.stringify({ index: action })}\n${documentText(item, table)}\n`;
  });
  await bulk(stage, table, lines.join(''));
};

/** Sends lines of a bulk request for the table's index, past its pipeline; throws unless all are written. */
export const bulk = async (
  { openSearchUrl }: Pick<OperatorStage, 'openSearchUrl'>,
  { index }: Table,
  lines: string,
): Promise<void> => {
  if (lines === '') return;
  const response = await fetch(`${openSearchUrl}/${index}/_bulk`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: lines,
  });
  const text = await response.text();
  if (!response.ok || JSON.parse(text).errors) throw new Error(text.slice(0, 2000));
};

const documentText = (item: Item, table: Table): string => {
  const writer = new JsonWriter();
  documentWriter(table)(writer, item);
  return Buffer.from(writer.take()).toString();
};
