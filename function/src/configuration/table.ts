import type { Fields } from '../core/json-value.ts';
import type { KeyAttribute, Table } from '../core/table.ts';
import { indexNameProblem } from './index-name.ts';
import { type Place, readChoice, readFields, readObject, readText, readTexts } from './problems.ts';

const FIELDS = [
  'index',
  'keys',
  'profile',
  'where',
  'include',
  'exclude',
  'settings',
  'mappings',
  'pipeline',
] as const;

// DynamoDB asks for three at least; shorter ones do no harm.
const NAME = /^(?!\.+$)[\w.-]{1,255}$/;

/** Reads `tables.<name>`; undefined when it has problems, which are reported at their places. */
export const readTable = (place: Place, name: string, value: unknown): Table | undefined => {
  // It becomes part of keys in S3, of a file's name and of dimensions of metrics.
  if (!NAME.test(name))
    place.problem('is no name of a DynamoDB table: letters, digits, "_", "-" and ".", 255 at most');
  const fields = readFields(place, value, FIELDS);
  if (fields === undefined) return undefined;
  const index = readIndex(place.at('index'), fields['index']);
  const keys = readKeys(place.at('keys'), fields['keys']);
  const { profile: profileField = 'exact' } = fields;
  const profile = readChoice(place.at('profile'), profileField, ['exact', 'bfansports']);
  const where = readWhere(place.at('where'), fields['where']);
  const attributes = readAttributes(place, fields);
  const settings = readObject(place.at('settings'), fields['settings']);
  const mappings = readObject(place.at('mappings'), fields['mappings']);
  const pipeline = readPipeline(place.at('pipeline'), fields['pipeline']);
  if (!index || !keys || !profile || !where || !attributes || !settings || !mappings || !pipeline) {
    return undefined;
  }
  return { name, index, ...keys, profile, where, ...attributes, settings, mappings, ...pipeline };
};

const readIndex = (place: Place, value: unknown): string | undefined => {
  const index = readText(place, value);
  const problem = index === undefined ? undefined : indexNameProblem(index);
  return problem === undefined ? index : place.problem(problem);
};

const readKeys = (
  place: Place,
  value: unknown,
): Pick<Table, 'partitionKey' | 'sortKey'> | undefined => {
  if (!Array.isArray(value) || value.length < 1 || value.length > 2) {
    return place.problem('must be a list of the partition key and, if there is one, the sort key');
  }
  const [partitionKey, sortKey] = value.map((key, at) => readKey(place.at(String(at)), key));
  if (partitionKey === undefined) return undefined;
  if (value.length === 1) return { partitionKey };
  if (sortKey?.name === partitionKey.name) return place.problem('must name two attributes');
  return sortKey && { partitionKey, sortKey };
};

const readKey = (place: Place, value: unknown): KeyAttribute | undefined => {
  const fields = readFields(place, value, ['name', 'type']);
  if (fields === undefined) return undefined;
  const name = readText(place.at('name'), fields['name']);
  const type = readChoice(place.at('type'), fields['type'], ['S', 'N', 'B']);
  return name === undefined || type === undefined ? undefined : { name, type };
};

const readWhere = (place: Place, value: unknown): Table['where'] | undefined => {
  const fields = readObject(place, value);
  if (fields === undefined) return undefined;
  const names = Object.keys(fields);
  return new Map(names.map((name) => [name, readAllowed(place.at(name), fields[name])]));
};

const readAllowed = (place: Place, value: unknown): ReadonlySet<string> => {
  const allowed = readTexts(place, value) ?? new Set();
  if (Array.isArray(value) && value.length === 0) place.problem('must allow one value or more');
  return allowed;
};

const readAttributes = (
  place: Place,
  fields: Fields,
): Pick<Table, 'include' | 'exclude'> | undefined => {
  const { include, exclude } = fields;
  if (include !== undefined && exclude !== undefined) {
    return place.problem('must have include or exclude, not both');
  }
  const nothing: ReadonlySet<string> = new Set();
  if (include === undefined && exclude === undefined) return { exclude: nothing };
  if (exclude !== undefined) return { exclude: readTexts(place.at('exclude'), exclude) ?? nothing };
  return { include: readTexts(place.at('include'), include) ?? nothing, exclude: nothing };
};

const readPipeline = (place: Place, value: unknown): Pick<Table, 'pipeline'> | undefined => {
  if (value === undefined) return {};
  const pipeline = readText(place, value);
  return pipeline === undefined ? undefined : { pipeline };
};
