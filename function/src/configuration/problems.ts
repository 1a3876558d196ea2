import { type Fields, isFields } from '../core/json-value.ts';

/** A place in the configuration, such as `tables.Orders.index`, where problems are reported. */
export type Place = {
  /** Reports a problem here; the answer is undefined, so that a reader can return it. */
  readonly problem: (text: string) => undefined;
  /** The place of a field below this one. */
  readonly at: (name: string) => Place;
};

/** The top of a configuration; problems below it are collected in `problems`, one sentence each. */
export const placeIn = (problems: string[], path = ''): Place => ({
  problem: (text) => {
    problems.push(`${path === '' ? 'the configuration' : path}: ${text}`);
  },
  at: (name) => placeIn(problems, path === '' ? name : `${path}.${name}`),
});

/** A JSON object, whatever its fields; empty where it is absent. */
export const readObject = (place: Place, value: unknown): Fields | undefined => {
  if (value === undefined) return {};
  return isFields(value) ? value : place.problem('must be an object');
};

/** A JSON object with none but the known fields. */
export const readFields = (
  place: Place,
  value: unknown,
  known: readonly string[],
): Fields | undefined => {
  if (!isFields(value)) return place.problem('must be an object');
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) place.at(name).problem(`unknown field (known: ${known.join(', ')})`);
  }
  return value;
};

/** A text that is not empty. */
export const readText = (place: Place, value: unknown): string | undefined =>
  typeof value === 'string' && value !== ''
    ? value
    : place.problem('must be a text that is not empty');

/** One of a closed set of texts. */
export const readChoice = <Choice extends string>(
  place: Place,
  value: unknown,
  choices: readonly [Choice, ...Choice[]],
): Choice | undefined =>
  choices.find((choice) => choice === value) ??
  place.problem(`must be one of ${choices.join(', ')}`);

/** A set of texts, from a list. */
export const readTexts = (place: Place, value: unknown): ReadonlySet<string> | undefined =>
  Array.isArray(value) && value.every((member) => typeof member === 'string')
    ? new Set(value)
    : place.problem('must be a list of texts');
