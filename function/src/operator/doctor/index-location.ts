import { at, membersOf, textOf } from '../../core/json-value.ts';
import type { Table } from '../../core/table.ts';
import { type IndexEntry, writeIndexAmong } from '../write-index.ts';
import { type Access, refused } from './access.ts';
import { type Ask, statusOf } from './ask.ts';
import { type Check, ok, warning, wrong } from './check.ts';

/** The index that is written: where the table names an alias, the one behind it. */
export type IndexState = {
  readonly name: string;
  readonly mappings: unknown;
  /** By their full names; a value is a text, or a list of them. */
  readonly settings: unknown;
  /** A setting by its full name, such as `index.blocks.write`; undefined where it has not been set. */
  readonly setting: (name: string) => string | undefined;
};

/** Where a table's index is. */
export type IndexLocation = {
  readonly check: Check;
  /** Undefined where there is nothing to look at. */
  readonly state: IndexState | undefined;
};

const NAME = 'index';

/** Finds the index, or the one behind the alias, that a table is written to. */
export const locateIndex = async (
  { name, index }: Table,
  ask: Ask,
  access: Access,
): Promise<IndexLocation> => {
  const path = `/${encodeURIComponent(index)}`;
  const reply = await ask({ method: 'GET', path, query: { flat_settings: 'true' } });
  if (reply.kind === 'success') return choose(index, membersOf(reply.value));
  if (statusOf(reply) === 404) return absent(name);
  return { check: refused(NAME, reply.answer, access), state: undefined };
};

const absent = (table: string): IndexLocation => ({
  check: warning(
    NAME,
    'it does not exist yet: the function makes it with the first record',
    `That record brings nothing of what the table holds already:\n  npx dynamodb-to-opensearch backfill ${table}`,
  ),
  state: undefined,
});

const choose = (wanted: string, found: readonly IndexEntry[]): IndexLocation => {
  const writeIndex = writeIndexAmong(wanted, found);
  if (writeIndex === undefined) return { check: noWriteIndex(wanted, found), state: undefined };
  const [name, index] = writeIndex;
  const behind = found.length > 1 ? ` of ${found.length} behind it` : '';
  const check =
    name === wanted ? ok(NAME, 'it exists') : ok(NAME, `an alias; written is ${name}${behind}`);
  const settings = at(index, 'settings');
  const setting = (of: string) => textOf(at(settings, of));
  return { check, state: { name, mappings: at(index, 'mappings'), settings, setting } };
};

const noWriteIndex = (alias: string, found: readonly IndexEntry[]): Check => {
  const names = found.map(([name]) => name).join(', ');
  const action = { add: { index: found.at(-1)?.[0], alias, is_write_index: true } };
  return wrong(
    NAME,
    `an alias of ${names}, none of which is its write index: records come again`,
    `Say which is written:\n  POST /_aliases ${JSON.stringify({ actions: [action] })}`,
    'Records come again',
  );
};
