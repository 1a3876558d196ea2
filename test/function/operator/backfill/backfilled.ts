import { expect } from 'vitest';
import { documentId } from '../../../../function/src/core/document-id.ts';
import { isIndexed } from '../../../../function/src/core/where.ts';
import {
  type BackfillOptions,
  type BackfillTools,
  backfill,
} from '../../../../function/src/operator/backfill/backfill.ts';
import { newCounts } from '../../../../function/src/operator/backfill/counts.ts';
import { beginning } from '../../../../function/src/operator/backfill/position.ts';
import { rateOf } from '../../../../function/src/operator/backfill/rate.ts';
import { widthOf } from '../../../../function/src/operator/backfill/width.ts';
import { parseExactly } from '../../../support/exact-json.ts';
import type { OperatorStage } from '../../../support/operator-stage.ts';
import { bfansportsReference, exactReference } from '../../../support/reference-document.ts';

/** How a test has a table backfilled, where it is not the usual. */
export type BackfillParts = Partial<BackfillTools> &
  Partial<BackfillOptions> & { readonly suffix?: string };

const WORKERS = 4;

/** Backfills a table of the stage in this process; whether it is done, and what it came to. */
export const backfilled = async (stage: OperatorStage, parts: BackfillParts = {}) => {
  const { suffix, workers = WORKERS, ...given } = parts;
  const hindrances: (string | undefined)[] = [];
  const tools: BackfillTools = {
    ...stage.environment,
    position: beginning(WORKERS),
    counts: newCounts(),
    rate: rateOf(undefined),
    width: widthOf(workers),
    onHindrance: (hindrance) => hindrances.push(hindrance),
    signal: new AbortController().signal,
    ...given,
  };
  const options = { table: stage.table(suffix), streamArn: undefined, workers, ...given };
  const isDone = await backfill(options, tools);
  return { isDone, ...tools, hindrances };
};

/** Compares every item with its document, and looks for documents without an item. */
export const expectIndexToEqualTable = async (
  stage: OperatorStage,
  { suffix, except = [] }: { readonly suffix?: string; readonly except?: readonly string[] } = {},
): Promise<void> => {
  const table = stage.table(suffix);
  const reference = table.profile === 'exact' ? exactReference : bfansportsReference;
  const items = (await stage.items(suffix)).filter((item) => isIndexed(item, table));
  const expected = items.map((item): [string, unknown] => [
    documentId(item, table) ?? '',
    parseExactly(reference(item)),
  ]);
  const documents = [...(await stage.documents(table.index))];
  const actual = documents.map(([id, { source }]): [string, unknown] => [id, source]);
  const withoutExceptions = (all: readonly [string, unknown][]) =>
    Object.fromEntries(all.filter(([id]) => !except.includes(id)));
  expect(withoutExceptions(actual)).toEqual(withoutExceptions(expected));
};
