import { at, parseObject } from '../../core/json-value.ts';
import { conversion } from '../../opensearch/index-definition.ts';
import { type BackfillCounts, newCounts } from './counts.ts';
import { beginning, type Position } from './position.ts';
import { isReplaced, type Route, uuidOf } from './route.ts';

/** All that is needed to go on with a backfill that has ended in the middle, as JSON. */
export type BackfillState = {
  readonly version: 2;
  readonly table: string;
  /** DynamoDB's id of the table: another one, once it was deleted and made again. */
  readonly tableId: string;
  readonly endpoint: string;
  readonly index: string;
  /** OpenSearch's id of the index that is written; null where it does not tell. */
  readonly indexUuid: string | null;
  readonly pipeline: string | null;
  /** What documents are made of and how, as a hash. */
  readonly conversion: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** How long it has been worked on. */
  milliseconds: number;
  readonly position: Position;
  readonly counts: BackfillCounts;
};

/** The state of a backfill that begins now. */
export const newState = (route: Route, totalSegments: number): BackfillState => {
  const { table, tableId, endpoint, index } = route;
  return {
    version: 2,
    table: table.name,
    tableId,
    endpoint,
    index: table.index,
    indexUuid: uuidOf(index),
    pipeline: table.pipeline ?? null,
    conversion: conversion(table).conversion,
    startedAt: new Date().toISOString(),
    milliseconds: 0,
    position: beginning(totalSegments),
    counts: newCounts(),
  };
};

/** Reads what was stored of a state; undefined where it is none. */
export const parseState = (text: string): BackfillState | undefined => {
  const state = parseObject(text);
  return state?.['version'] === 2 && isWhole(state) ? state : undefined;
};

// The edge: nobody but us writes states, and a torn one is not JSON.
const isWhole = (state: object): state is BackfillState =>
  isCount(at(state, 'position', 'begun')) &&
  isCount(at(state, 'position', 'totalSegments')) &&
  Array.isArray(at(state, 'position', 'underWay')) &&
  Object.keys(newCounts()).every((name) => isCount(at(state, 'counts', name)));

const isCount = (value: unknown): boolean => typeof value === 'number';

/** Why a state is of no use for the route as it is now; undefined where it can be gone on with. */
export const obstacle = (
  state: BackfillState,
  { table, tableId, endpoint, index }: Route,
): string | undefined => {
  if (state.table !== table.name) return `it is of the table ${state.table}`;
  if (state.tableId !== tableId)
    return 'it is of another table of that name: this one was made later, or elsewhere';
  if (state.endpoint !== endpoint) return `it was written to ${state.endpoint}`;
  if (state.index !== table.index) return `it was written into the index ${state.index}`;
  if (isReplaced(state.indexUuid, index))
    return `its index ${index.kind === 'absent' ? 'is gone' : 'has been replaced by another'}`;
  if (state.pipeline !== (table.pipeline ?? null))
    return `its documents passed ${state.pipeline === null ? 'no pipeline' : `the pipeline ${state.pipeline}`}`;
  if (state.conversion !== conversion(table).conversion)
    return 'the configuration makes other documents now than those that were written';
  return undefined;
};
