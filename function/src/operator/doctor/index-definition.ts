import { at, isFields, membersOf, parseJson, textOf } from '../../core/json-value.ts';
import type { Table } from '../../core/table.ts';
import { type IndexDefinition, indexDefinition } from '../../opensearch/index-definition.ts';
import { type Ask, type Reply, statusOf } from './ask.ts';
import { type Check, ok, skipped, warning, wrong } from './check.ts';
import type { IndexState } from './index-location.ts';

/** Checks whether an index was built with the settings that its table has now. */
export const checkDefinition = async (
  table: Table,
  state: IndexState,
  ask: Ask,
): Promise<readonly Check[]> => {
  const definition = indexDefinition(table);
  const conversion = checkConversion(table, definition, state);
  const simulated = await simulate(definition, ask);
  if (!('template' in simulated)) return [conversion, simulated];
  const differences = differencesFrom(simulated.template, state);
  return [conversion, differences.length === 0 ? ok(NAME, 'as defined') : differing(differences)];
};

const NAME = 'definition';
const BUILT = 'built with';
const HEADING_BUILT = 'The index was built with other settings';
const HEADING_DIFFERS = 'The mapping differs from the definition';

const checkConversion = (
  { name }: Table,
  { mappings }: IndexDefinition,
  state: IndexState,
): Check => {
  const wanted = at(mappings, '_meta', 'dynamodb_to_opensearch');
  const built = at(state.mappings, '_meta', 'dynamodb_to_opensearch');
  const remedy = `Write all documents anew, then let what is left over be found:\n  npx dynamodb-to-opensearch backfill ${name}\n  npx dynamodb-to-opensearch verify ${name} --repair`;
  if (built === undefined) {
    return warning(
      BUILT,
      'it was made by hand: nothing tells with what settings',
      remedy,
      HEADING_BUILT,
    );
  }
  const other = textOf(at(built, 'table'));
  if (other !== name) {
    return wrong(
      BUILT,
      `it was made for the table ${other}`,
      'Give each table an index of its own.',
      HEADING_BUILT,
    );
  }
  return at(built, 'conversion') === at(wanted, 'conversion')
    ? ok(BUILT, 'the settings of now')
    : wrong(
        BUILT,
        'other settings: keys, profile, where, include or exclude have changed since, so that its documents may hold what is excluded now',
        remedy,
        HEADING_BUILT,
      );
};

type Template = { readonly template: unknown };

// A name that no index has, so that only our own template counts.
const SIMULATED = 'dynamodb-to-opensearch-doctor';

/** The definition in OpenSearch's own words, which leave out defaults; nothing is stored. */
const simulate = async (definition: IndexDefinition, ask: Ask): Promise<Template | Check> => {
  const body = { index_patterns: [SIMULATED], priority: 10_000, template: definition };
  const reply = await ask({ method: 'POST', path: '/_index_template/_simulate', body });
  if (reply.kind === 'success') return { template: at(reply.value, 'template') };
  if (statusOf(reply) !== 400) return skipped(NAME, 'index templates may not be simulated');
  return wrong(
    NAME,
    `OpenSearch refuses it: ${innermostReason(reply)}`,
    'Correct settings or mappings of the table and run terraform apply.',
    HEADING_DIFFERS,
  );
};

/** The reason of the cause of the cause: those above it only say that there is one. */
const innermostReason = (reply: Reply): string => {
  const body =
    reply.kind === 'refused' && reply.answer.kind === 'answered' ? reply.answer.body : '';
  let error = at(parseJson(body), 'error'); // on the way down to the innermost
  while (isFields(at(error, 'caused_by'))) error = at(error, 'caused_by');
  return textOf(at(error, 'reason')) ?? 'without a reason';
};

const differencesFrom = (template: unknown, state: IndexState): readonly string[] => {
  const { _meta: _, ...mappings } = Object(at(template, 'mappings'));
  const settings = leavesOf(at(template, 'settings'));
  const differing = settings.filter(([name, value]) => !isSame(value, at(state.settings, name)));
  return [...mappingDifferences(mappings, state.mappings), ...differing.map(([name]) => name)];
};

/** Paths at which the index does not have what is wanted; what else it has does not matter. */
const mappingDifferences = (wanted: unknown, actual: unknown, path = ''): readonly string[] => {
  if (isFields(wanted) && isFields(actual)) {
    return membersOf(wanted).flatMap(([name, value]) =>
      mappingDifferences(value, at(actual, name), path === '' ? name : `${path}.${name}`),
    );
  }
  return isSame(wanted, actual) ? [] : [path];
};

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** Settings by their full names. */
const leavesOf = (settings: unknown, prefix = ''): readonly (readonly [string, unknown])[] =>
  membersOf(settings).flatMap(([name, value]) =>
    isFields(value) ? leavesOf(value, `${prefix}${name}.`) : [[`${prefix}${name}`, value] as const],
  );

const MOST_PATHS = 5;

const differing = (paths: readonly string[]): Check => {
  const more = paths.length > MOST_PATHS ? ` and ${paths.length - MOST_PATHS} more` : '';
  return warning(
    NAME,
    `it differs at ${paths.slice(0, MOST_PATHS).join(', ')}${more}`,
    'An index keeps the mapping it was made with: give the table a new index and fill it with backfill. A dynamic setting can be put into the index that there is.',
    HEADING_DIFFERS,
  );
};
