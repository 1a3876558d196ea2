import { isFields, parseObject } from '../../configuration/problems.ts';
import type { Table } from '../../core/table.ts';
import { conversion } from '../../opensearch/index-definition.ts';
import { type BackfillCounts, newCounts } from './counts.ts';
import { beginning, type Position } from './position.ts';

/** All that is needed to go on with a backfill that has ended in the middle, as JSON. */
export type BackfillState = {
  readonly version: 1;
  readonly table: string;
  /** DynamoDB's id of the table: another one, once it was deleted and made again. */
  readonly tableId: string;
  readonly index: string;
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
export const newState = (table: Table, tableId: string, totalSegments: number): BackfillState => ({
  version: 1,
  table: table.name,
  tableId,
  index: table.index,
  conversion: conversion(table).conversion,
  startedAt: new Date().toISOString(),
  milliseconds: 0,
  position: beginning(totalSegments),
  counts: newCounts(),
});

/** Reads what was stored of a state; undefined where it is none. */
export const parseState = (text: string): BackfillState | undefined => {
  const state = parseObject(text);
  return state?.['version'] === 1 && isWhole(state) ? state : undefined;
};

// The edge: nobody but us writes states, and a torn one is not JSON.
const isWhole = (state: object): state is BackfillState =>
  'position' in state &&
  isFields(state.position) &&
  typeof state.position['begun'] === 'number' &&
  typeof state.position['totalSegments'] === 'number' &&
  Array.isArray(state.position['underWay']) &&
  'counts' in state &&
  isFields(state.counts) &&
  Object.keys(newCounts()).every((name) => isFields(state.counts) && isCount(state.counts[name]));

const isCount = (value: unknown): boolean => typeof value === 'number';

/** Why a state is of no use for the table as it is now; undefined where it can be gone on with. */
export const obstacle = (
  state: BackfillState,
  table: Table,
  tableId: string,
): string | undefined => {
  if (state.table !== table.name) return `it is of the table ${state.table}`;
  if (state.tableId !== tableId)
    return 'it is of another table of that name: this one was made later, or elsewhere';
  if (state.index !== table.index) return `it was written into the index ${state.index}`;
  if (state.conversion !== conversion(table).conversion)
    return 'the configuration makes other documents now than those that were written';
  return undefined;
};
