import { type Place, readTexts } from '../../configuration/problems.ts';

/** Reads a field of an order; undefined when it has a problem, which is reported at its place. */
export type Read<Value> = (place: Place, value: unknown) => Value | undefined;

/** Names of tables, each once, all of them known. */
export const readTables =
  (known: readonly string[]): Read<readonly string[]> =>
  (place, value) => {
    const names = readTexts(place, value);
    if (names === undefined) return undefined;
    if (names.size === 0)
      return place.problem('must name one table or more; left out, it stands for all');
    const unknown = [...names].filter((name) => !known.includes(name));
    if (unknown.length === 0) return [...names];
    return place.problem(
      `the configuration has no table ${unknown.join(', ')}: it has ${listed(known)}`,
    );
  };

const MOST_LISTED = 10;

const listed = (names: readonly string[]): string =>
  names.length <= MOST_LISTED
    ? names.join(', ')
    : `${names.slice(0, MOST_LISTED).join(', ')} and ${names.length - MOST_LISTED} more`;

/** A whole number from 1 on. */
export const readWhole =
  (upTo: number): Read<number> =>
  (place, value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= upTo
      ? value
      : place.problem(`must be a whole number from 1 to ${upTo}`);

/** A number above 0. */
export const readPositive =
  (upTo = Number.MAX_VALUE): Read<number> =>
  (place, value) =>
    typeof value === 'number' && value > 0 && value <= upTo
      ? value
      : place.problem(
          `must be a number above 0${upTo === Number.MAX_VALUE ? '' : `, up to ${upTo}`}`,
        );

/** True or false. */
export const readFlag: Read<boolean> = (place, value) =>
  typeof value === 'boolean' ? value : place.problem('must be true or false');

const MOMENT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** A day, or a time with its zone, of ISO 8601; as a time in UTC. */
export const readMoment: Read<string> = (place, value) => {
  const milliseconds =
    typeof value === 'string' && MOMENT.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(milliseconds)
    ? place.problem('must be a day (2026-03-01) or a time with its zone (2026-03-01T14:30Z)')
    : new Date(milliseconds).toISOString();
};
