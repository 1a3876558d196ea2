/** A JSON object whose fields nobody has looked at yet. */
export type Fields = { readonly [name: string]: unknown };

/** Whether a value is a JSON object. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The JSON value of a text; undefined, which JSON has not, when it is none. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the parser's own message would quote the text, which may be anybody's
  }
};

/** The JSON object of a text; undefined when it is none. */
export const parseObject = (text: string): Fields | undefined => {
  const value = parseJson(text);
  return isFields(value) ? value : undefined;
};

/** What lies at a path in a JSON value; undefined where there is no such path. */
export const at = (value: unknown, ...path: readonly string[]): unknown => {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  return isFields(value) && Object.hasOwn(value, name) ? at(value[name], ...rest) : undefined;
};

/** The members of a JSON object; none where it is something else. */
export const membersOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  isFields(value) ? Object.entries(value) : [];

/** The elements of a JSON array; none where it is something else. */
export const elementsOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : [];

/** A text, or a number or boolean as text, as settings have them; undefined for everything else. */
export const textOf = (value: unknown): string | undefined =>
  ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;

/** A number; undefined for everything else, such as an option that was not given. */
export const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined;
