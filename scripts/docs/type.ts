/** A field of an object type. */
export type Field = {
  /** From the outermost object down: `config_object.bucket`. */
  readonly path: string;
  /** As HCL writes it; `object` for one whose fields follow. */
  readonly type: string;
  /** As HCL writes it; undefined where the field is required. */
  readonly default: string | undefined;
};

/** What a type is in short: `map(object)` for a map of objects, and itself for all others. */
export const shortType = (type: string): string => {
  const [, around, rest] = /^(\w+)\((.*)\)$/s.exec(type.trim()) ?? [];
  if (around === undefined || rest === undefined) return type.trim();
  return around === 'object' ? 'object' : `${around}(${shortType(rest)})`;
};

/** The fields of a type that is an object, or a list, set or map of objects; none of any other. */
export const fieldsOfType = (type: string, above = ''): readonly Field[] => {
  const [, around, rest = ''] = /^(\w+)\((.*)\)$/s.exec(type.trim()) ?? [];
  if (around === 'object') return members(rest).flatMap((member) => fieldsOfMember(member, above));
  return around === 'list' || around === 'set' || around === 'map' ? fieldsOfType(rest, above) : [];
};

/** `name = type` of each member of `{ … }`. */
const members = (braced: string): readonly string[] =>
  split(braced.trim().slice(1, -1), /[,\n]/).filter((member) => /\S/.test(member));

const fieldsOfMember = (member: string, above: string): readonly Field[] => {
  const [, name = '', written = ''] = /^\s*(\w+)\s*=\s*(.*)$/s.exec(member) ?? [];
  const path = `${above}${name}`;
  const inner = /^optional\((.*)\)$/s.exec(written.trim())?.[1];
  const [type = '', fallback = 'null'] = split(inner ?? written, /,/).map((part) => part.trim());
  return [
    { path, type: shortType(type), default: inner === undefined ? undefined : fallback },
    ...fieldsOfType(type, `${path}.`),
  ];
};

/** Splits HCL at separators that stand in no bracket and no text. */
const split = (text: string, separator: RegExp): readonly string[] => {
  const parts: string[] = [];
  let depth = 0; // of brackets
  let start = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[^"]/gs)) {
    if (/^[([{]$/.test(token)) depth++;
    else if (/^[)\]}]$/.test(token)) depth--;
    else if (depth === 0 && token.length === 1 && separator.test(token)) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...parts, text.slice(start)];
};
