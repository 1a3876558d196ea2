import type { Table } from '../../core/table.ts';
import { type Access, explainRefusal } from './access.ts';
import { type Ask, statusOf } from './ask.ts';
import { type Check, ok, skipped, wrong } from './check.ts';
import { checkIgnored, checkVersions } from './documents.ts';
import { checkDefinition } from './index-definition.ts';
import { checkDeletions, checkFieldCount, checkIndexBlocks, isClosed } from './index-limits.ts';
import { type IndexState, locateIndex } from './index-location.ts';
import { checkConflicts } from './mapping-conflicts.ts';

/** What an index is looked at with. */
export type IndexTools = {
  readonly ask: Ask;
  readonly access: Access;
  /** By AWS's clock, milliseconds since 1970. */
  readonly nowMilliseconds: number;
};

/** Checks the index of a table, from its existence to its documents. */
export const checkIndex = async (table: Table, tools: IndexTools): Promise<readonly Check[]> => {
  const { check, state } = await locateIndex(table, tools.ask, tools.access);
  const pipeline = table.pipeline === undefined ? [] : [await checkPipeline(table.pipeline, tools)];
  if (state === undefined) return [check, ...pipeline];
  return [
    check,
    checkIndexBlocks(state),
    ...(await checkDefinition(table, state, tools.ask)),
    checkConflicts(table, state),
    checkFieldCount(state),
    ...checkDeletions(state),
    ...(await checkDocuments(state, tools)),
    ...pipeline,
  ];
};

const checkDocuments = async (
  { name, setting }: IndexState,
  { ask, nowMilliseconds }: IndexTools,
): Promise<readonly Check[]> =>
  isClosed(setting)
    ? [skipped('documents', 'the index is closed')]
    : [await checkIgnored(name, ask), await checkVersions(name, ask, nowMilliseconds)];

const checkPipeline = async (pipeline: string, { ask, access }: IndexTools): Promise<Check> => {
  const path = `/_ingest/pipeline/${encodeURIComponent(pipeline)}`;
  const reply = await ask({ method: 'GET', path });
  if (reply.kind === 'success') return ok('pipeline', `${pipeline} exists`);
  if (statusOf(reply) !== 404) {
    return skipped('pipeline', explainRefusal(reply.answer, access).finding);
  }
  return wrong(
    'pipeline',
    `there is no ingest pipeline ${pipeline}: records come again`,
    'Make it, or take pipeline from the table and run terraform apply.',
    'Records come again',
  );
};
