import { at, isFields } from '../../core/json-value.ts';
import type { Order } from './order.ts';

/** What a run is to do, as it was planned at its beginning; it does not change. */
export type Run = {
  readonly version: 1;
  /** Name of the execution of the state machine. */
  readonly run: string;
  readonly order: Order;
  /** How many parts are worked on at once. */
  readonly concurrency: number;
  /** ISO 8601. */
  readonly started_at: string;
  /** The key of the run's balances of ids. */
  readonly balance_key: string;
  readonly tables: readonly TablePlan[];
};

/** One table of a run, told apart from all that may bear the same names later. */
export type TablePlan = {
  readonly table: string;
  readonly index: string;
  /** DynamoDB's id of the table: another one, once it was deleted and made again. */
  readonly table_id: string;
  /** OpenSearch's id of the index; null where there is none, or where it does not tell. */
  readonly index_uuid: string | null;
  /** For the records of dead letters; null where the table has no stream. */
  readonly stream_arn: string | null;
  readonly pipeline: string | null;
  /** What documents are made of and how, as a hash. */
  readonly conversion: string;
  /** About how many items it has, by DynamoDB's last count. */
  readonly items: number;
  /** Into how many segments it is cut. */
  readonly segments: number;
};

/** The run that was stored; undefined where it is none. */
export const readRun = (stored: unknown): Run | undefined => (isRun(stored) ? stored : undefined);

// The edge: nobody but us writes runs, whole or not at all.
const isRun = (stored: unknown): stored is Run =>
  isFields(stored) && stored['version'] === 1 && Array.isArray(at(stored, 'tables'));
