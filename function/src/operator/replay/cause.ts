import type { Item } from '../../core/attribute-value.ts';
import type { Table } from '../../core/table.ts';
import { depthOf, findField, findImpossibleName } from './found-field.ts';

/** Why a record is left, without any attribute value, and what can be done about it. */
export type Cause = {
  /** Where: a table, or a field of it, such as `Orders.lines.price`. */
  readonly place: string;
  /** As in "214 × text where long is mapped". */
  readonly what: string;
  readonly cure: string;
};

/** What OpenSearch, or we, have said of a record. */
export type Complaint = {
  readonly table: Table;
  readonly status: number | null;
  readonly type: string;
  readonly reason: string;
  /** The item as it was refused, where it is known. */
  readonly image: Item | undefined;
};

/** The cause of a rejection. */
export const causeOf = (complaint: Complaint): Cause => {
  const { table, status, type, reason } = complaint;
  for (const [sentence, explain] of SENTENCES) {
    const match = sentence.exec(reason);
    if (match !== null) return explain(complaint, match.slice(1));
  }
  if (status === 413) return ofTable(table, 'document larger than OpenSearch takes', LARGE);
  if (type === 'malformed_record') return ofTable(table, reason, MALFORMED);
  if (reason === 'failed to parse') return unexplained(complaint);
  return ofTable(table, type, UNKNOWN);
};

type Explain = (complaint: Complaint, parts: readonly string[]) => Cause;

/** Reads of the sentences in which OpenSearch 2.19 and 3.8 refuse documents; what follows them can quote anything. */
const SENTENCES: readonly (readonly [RegExp, Explain])[] = [
  [
    /^failed to parse field \[(.+?)\] of type \[(\w+)\](?: in document with id |$)/s,
    (complaint, [path = '', type = '']) => unfitting(complaint, path, type),
  ],
  [
    /^object mapping for \[(.+?)\] tried to parse field \[.*\] as object, but /s,
    (complaint, [path = '']) => unfitting(complaint, path, 'object'),
  ],
  [
    /^Could not dynamically add mapping for field \[(.+?)\]\. Existing mapping for \[.+\] must be of type object but found \[(\w+)\]/s,
    (complaint, [path = '', type = '']) =>
      ofField(complaint, path, `name with a dot, below a field that is mapped as ${type}`, fit),
  ],
  [
    /^can't merge a non object mapping \[(.+)\] with an object mapping$/s,
    (complaint, [path = '']) =>
      ofField(complaint, path, 'map and something else in one document', fit),
  ],
  [
    /^mapping set to \w+, dynamic introduction of \[(.+?)\] within \[(.+)\] is not allowed$/s,
    (complaint, [name = '', parent = '']) =>
      ofField(complaint, parent === '_doc' ? name : `${parent}.${name}`, UNMAPPED, admit),
  ],
  [
    /^Document contains at least one immense term in field="(.+?)" \(/s,
    (complaint, [path = '']) => ofField(complaint, path, LONG_KEYWORD, shorten),
  ],
  [
    /^DocValuesField "(.+)" is too large, must be <= \d+$/s,
    (complaint, [path = '']) => ofField(complaint, path, LONG_KEYWORD, shorten),
  ],
  [
    /^Limit of total fields \[(\d+)\] has been exceeded/,
    ({ table }, [limit]) => ofTable(table, `more than ${limit} fields in the index`, FIELDS),
  ],
  [
    /^The number of nested documents has exceeded the allowed limit of \[(\d+)\]/,
    ({ table }, [limit]) => ofTable(table, `more than ${limit} nested documents in one`, NESTED),
  ],
];

const UNMAPPED = 'attribute that the mapping does not have and does not admit';
const LONG_KEYWORD = 'text longer than a keyword may be, 32,766 bytes';

const unfitting = (complaint: Complaint, path: string, type: string): Cause => {
  const kind = complaint.image && findField(complaint.image, path)?.kind;
  return ofField(complaint, path, `${kind ?? 'value'} where ${type} is mapped`, fit);
};

// OpenSearch says no more in its first sentence; the item mostly shows what it stumbled over.
const unexplained = ({ table, image = {} }: Complaint): Cause => {
  const impossible = findImpossibleName(image);
  if (impossible !== undefined) {
    const { attribute } = impossible;
    return {
      place: `${table.name}.${attribute}`,
      what: 'name that OpenSearch cannot hold as a path',
      cure: `Rename it in the table, or list ${JSON.stringify(attribute)} in exclude.`,
    };
  }
  const levels = depthOf(image);
  return levels > DEFAULT_DEPTH
    ? ofTable(table, `maps nested ${levels} levels deep`, DEEP)
    : ofTable(table, 'document that OpenSearch cannot parse, without saying where', UNKNOWN);
};

const DEFAULT_DEPTH = 20;

const ofTable = ({ name }: Table, what: string, cure: string): Cause => ({
  place: name,
  what,
  cure,
});

const ofField = (
  { table, image }: Complaint,
  path: string,
  what: string,
  cure: (path: string, attribute: string) => string,
): Cause => {
  const attribute = (image && findField(image, path)?.attribute) ?? path.split('.')[0] ?? path;
  return { place: `${table.name}.${path}`, what, cure: cure(path, attribute) };
};

const fit = (path: string, attribute: string): string =>
  `Give ${path} a type that takes both in mappings and make the index anew, or list ${attribute} in exclude.`;

const admit = (path: string, attribute: string): string =>
  `Add ${path} to the mapping, or list ${attribute} in exclude.`;

const shorten = (path: string, attribute: string): string =>
  `Map ${path} as text, or give it ignore_above: 8191, and make the index anew; or list ${attribute} in exclude.`;

const FIELDS =
  'Raise index.mapping.total_fields.limit of the index, or list the attribute whose keys are data in exclude.';
const NESTED = 'Raise index.mapping.nested_objects.limit of the index.';
const DEEP = 'Raise index.mapping.depth.limit of the index to 40: DynamoDB nests 32 levels.';
const LARGE =
  'List the largest attributes in exclude, or raise what the cluster takes: http.max_content_length, on Amazon OpenSearch Service a matter of the instance type.';
const MALFORMED =
  'Look at the item in the table: list the attribute that cannot be read in exclude, or mend it.';
const UNKNOWN = 'Read error.reason in the letter, and hold its record against the mapping.';
