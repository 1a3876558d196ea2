import type { Configuration } from '../../function/src/configuration/configuration.ts';
import type { Table } from '../../function/src/core/table.ts';

/** Which tables a command is to work on: those that are named, or with `--all` each one. Throws one sentence if that makes no sense. */
export const chooseTables = (
  names: readonly string[],
  { tables }: Pick<Configuration, 'tables'>,
  { all }: { readonly all: boolean },
): readonly Table[] => {
  const existing = listed([...tables.keys()]);
  if (all && names.length > 0) throw new Error('Name tables or give --all, not both.');
  if (!all && names.length === 0)
    throw new Error(`No table is named: name some of ${existing}, or give --all.`);
  if (all) return [...tables.values()];
  return [...new Set(names)].map((name) => {
    const table = tables.get(name);
    if (table !== undefined) return table;
    throw new Error(`The configuration has no table ${name}: it has ${existing}.`);
  });
};

const mostListed = 10;

const listed = (names: readonly string[]): string =>
  names.length <= mostListed
    ? names.join(', ')
    : `${names.slice(0, mostListed).join(', ')} and ${names.length - mostListed} more`;
