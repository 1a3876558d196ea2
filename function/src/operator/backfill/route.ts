import { describeTable } from '../../aws/table-description.ts';
import { isServerless } from '../../configuration/configuration.ts';
import type { Table } from '../../core/table.ts';
import { deadlineOf } from '../../deadline.ts';
import { askIdentity, confirmMemory } from '../ask-identity.ts';
import type { OperatorEnvironment } from '../environment.ts';
import type { IndexIdentity } from '../index-identity.ts';
import { OpenSearchRefusal } from '../open-search-refusal.ts';
import { type Persistence, persist } from '../persist.ts';

/** From where to where a backfill goes, told apart from all that may bear the same names later. */
export type Route = {
  readonly table: Table;
  /** DynamoDB's id of the table: another one, once it was deleted and made again. */
  readonly tableId: string;
  readonly endpoint: string;
  readonly index: IndexIdentity;
};

/** What it takes to look for a route. */
export type RouteTools = Pick<OperatorEnvironment, 'configuration' | 'send' | 'indexes'> &
  Pick<Persistence, 'patience' | 'signal' | 'onFault'>;

/** Looks where a backfill of a table goes now. @throws OpenSearchRefusal; Error when what is deleted could come back there */
export const findRoute = async (
  table: Table,
  tableId: string,
  tools: RouteTools,
): Promise<Route> => {
  const index = await identify(table, tools);
  confirmMemory(table.index, index);
  return { table, tableId, endpoint: tools.configuration.endpoint.href, index };
};

const LONGEST_REQUEST_MILLISECONDS = 30_000;

const identify = async (table: Table, tools: RouteTools): Promise<IndexIdentity> =>
  isServerless(tools.configuration.authentication)
    ? { kind: 'untold' }
    : askIdentity(table.index, tools);

/** The same route with an index at its end: where there is none, one is made as the function makes it. @throws OpenSearchRefusal */
export const withIndex = async (route: Route, tools: RouteTools): Promise<Route> => {
  const { table, tableId, index } = route;
  if (index.kind !== 'absent') return route;
  const make = async () => {
    const fault = await tools.indexes.prepare(
      table,
      deadlineOf(() => LONGEST_REQUEST_MILLISECONDS),
    );
    if (fault !== undefined)
      throw new OpenSearchRefusal(`make the index ${table.index}`, fault.refusal);
  };
  await persist(make, tools);
  return findRoute(table, tableId, tools);
};

/** Whether an index that had this uuid, null where it was not known, is no longer the one at the end of a route. */
export const isReplaced = (uuid: string | null, index: IndexIdentity): boolean =>
  uuid !== null && index.kind !== 'untold' && uuid !== uuidOf(index);

/** The uuid of an index; null where it is not known. */
export const uuidOf = (index: IndexIdentity): string | null =>
  index.kind === 'index' ? index.uuid : null;

/** What was replaced since a route was found, such as `table Orders`; undefined where it still leads where it led. @throws what keeps it from being known */
export const findReplacement = async (
  { table, tableId, index }: Omit<Route, 'endpoint'>,
  tools: RouteTools,
): Promise<string | undefined> => {
  const { id } = await persist(() => describeTable(table.name), tools);
  if (id !== tableId) return `table ${table.name}`;
  return isReplaced(uuidOf(index), await identify(table, tools))
    ? `index ${table.index}`
    : undefined;
};

/** Sees that a route still leads where it led when it was found. @throws Error when it does not, and what keeps it from being known */
export const confirmRoute = async (route: Route, tools: RouteTools): Promise<void> => {
  const replaced = await findReplacement(route, tools);
  if (replaced !== undefined)
    throw new Error(
      `The ${replaced} was replaced meanwhile, so that documents may be missing: begin anew with --restart.`,
    );
};
