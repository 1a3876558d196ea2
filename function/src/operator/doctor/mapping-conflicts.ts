import { at, elementsOf, membersOf, textOf } from '../../core/json-value.ts';
import type { Table } from '../../core/table.ts';
import { type Check, ok, warning } from './check.ts';
import type { IndexState } from './index-location.ts';

const NAME = 'mapping';
const HEADING = 'Documents that the mapping will not take';

/** Checks whether the mapping takes whatever the table may hold one day. */
export const checkConflicts = (table: Table, state: IndexState): Check => {
  const problems = [
    ...typeProblems(state),
    ...detectionProblems(state),
    ...limitProblems(state),
    ...narrowFields(table, state),
  ];
  if (problems.length === 0) return ok(NAME, 'takes every document that one mapping can take');
  const finding = `not every document will fit:\n${problems.map((text) => `- ${text}`).join('\n')}`;
  return warning(NAME, finding, CURE, HEADING);
};

const CURE =
  'Indexes that the function makes have it otherwise: give the table a new index and fill it with backfill.';

const typeProblems = ({ mappings }: IndexState): readonly string[] => {
  const templates = elementsOf(at(mappings, 'dynamic_templates'))
    .flatMap((template) => membersOf(template))
    .map(([, template]) => template);
  const makesDoubles = templates.some(
    (template) =>
      at(template, 'match_mapping_type') === 'long' && at(template, 'mapping', 'type') === 'double',
  );
  const dynamic = textOf(at(mappings, 'dynamic')) ?? 'true';
  return [
    ...(dynamic === 'true' && !makesDoubles
      ? [
          'the first number of an attribute decides: after 1, numbers beyond 2⁶³ are refused, and 1.5 is searched as 1',
        ]
      : []),
    ...(dynamic === 'strict'
      ? ['dynamic is strict: a document with an attribute that it does not know is refused']
      : []),
    ...(dynamic === 'false' ? ['dynamic is false: new attributes cannot be searched'] : []),
  ];
};

const detectionProblems = ({ mappings }: IndexState): readonly string[] => [
  ...(at(mappings, 'date_detection') === false
    ? []
    : [
        'date_detection is on: one text that reads like a date makes its attribute a date, and the next text does not fit',
      ]),
  ...(at(mappings, 'numeric_detection') === true
    ? [
        'numeric_detection is on: one text of digits makes its attribute a number, and the next text does not fit',
      ]
    : []),
];

const DEEPEST = 33; // DynamoDB nests 32 levels, and a path has one more
const DEFAULT_DEPTH = 20;

const limitProblems = ({ setting }: IndexState): readonly string[] => {
  const depth = Number(setting('index.mapping.depth.limit') ?? DEFAULT_DEPTH);
  return [
    ...(setting('index.mapping.ignore_malformed') === 'true'
      ? []
      : ['ignore_malformed is off: one value that does not fit keeps its whole document out']),
    ...(depth < DEEPEST
      ? [`depth.limit is ${depth}: DynamoDB nests deeper, and such documents are refused`]
      : []),
  ];
};

const NARROW = ['long', 'integer', 'short', 'byte', 'date'];
const MOST_FIELDS = 5;

/** Fields that no one asked for and that a later value may not fit into. */
const narrowFields = ({ mappings: wanted }: Table, { mappings }: IndexState): readonly string[] => {
  const asked = at(wanted, 'properties');
  const narrow = membersOf(at(mappings, 'properties')).flatMap(([name, field]) => {
    const type = textOf(at(field, 'type')) ?? 'object';
    return NARROW.includes(type) && at(asked, name) === undefined ? [`${name} (${type})`] : [];
  });
  if (narrow.length === 0) return [];
  const more = narrow.length > MOST_FIELDS ? ` and ${narrow.length - MOST_FIELDS} more` : '';
  return [`mapped by their first values: ${narrow.slice(0, MOST_FIELDS).join(', ')}${more}`];
};
