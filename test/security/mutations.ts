import fc from 'fast-check';

/** Any JSON value; members of objects are data, `__proto__` included. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json };

/** A value after some mutations, each at a place of its own. */
export const mutated = (value: Json): fc.Arbitrary<Json> =>
  fc
    .array(mutations, { minLength: 1, maxLength: 4 })
    .map((all) => all.reduce(mutateInBounds, value));

const LARGEST_CHARACTERS = 100_000;

const mutateInBounds = (value: Json, mutation: Mutation): Json => {
  const next = mutate(value, mutation);
  return JSON.stringify(next).length <= LARGEST_CHARACTERS ? next : value;
};

/** A JSON text after some mutations of its characters; most of them are no JSON any more. */
export const mangled = (text: string): fc.Arbitrary<string> =>
  fc
    .array(
      fc.record({
        at: fc.nat(),
        removed: fc.nat({ max: 3 }),
        added: fc.oneof(fc.constantFrom(...PUNCTUATION), fc.string({ unit: 'binary' })),
      }),
      { minLength: 1, maxLength: 3 },
    )
    .map((all) =>
      all.reduce((now, { at, removed, added }) => {
        const start = at % (now.length + 1);
        return now.slice(0, start) + added + now.slice(start + removed);
      }, text),
    );

const PUNCTUATION = ['{', '}', '[', ']', ',', ':', '"', '\\', '-', '1e999', '\\ud800', '\u0000'];

/** What is done to the value at a place. */
type Change =
  | { readonly kind: 'remove' }
  | { readonly kind: 'replace'; readonly by: Json }
  | { readonly kind: 'repeat'; readonly times: number }
  | { readonly kind: 'rename'; readonly to: string }
  | { readonly kind: 'deepen'; readonly levels: number; readonly as: 'M' | 'L' }
  | { readonly kind: 'swap'; readonly walk: Walk };

/** A change, and the way to its place. */
type Mutation = { readonly change: Change; readonly walk: Walk };

/** From a value to a member of it, to a member of that, and so on as far as there are any. */
type Walk = readonly number[];

const walks = fc.array(fc.nat(), { minLength: 3, maxLength: 12 });

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\ud800', '\u0000', '\x1b[2J', '<script>', '../../etc', '9'.repeat(50), '-1'),
  fc.constantFrom('1E+999', '0x10', 'NaN', '٣', 'INSERT', 'REMOVE', '====', 'AA', '\u202e'),
  fc.constant(
    'arn:aws:dynamodb:eu-west-1:123456789012:table/Nobodys/stream/2026-01-01T00:00:00.000',
  ),
);

const names = fc.constantFrom(
  ...['__proto__', 'constructor', 'toString', 'toJSON', 'length', '', '.', 'a..b', '_id'],
  ...['S', 'N', 'B', 'BOOL', 'NULL', 'SS', 'NS', 'BS', 'M', 'L', 'X', 'Keys', 'NewImage'],
);

const junk: fc.Arbitrary<Json> = fc.oneof(
  texts,
  fc.constantFrom<Json>(null, true, false, 0, -1, 1.5, 1e308, 2 ** 53, [], {}, [null], [[]]),
  fc.dictionary(names, texts, { maxKeys: 3 }),
  fc.dictionary(names, fc.dictionary(names, texts, { maxKeys: 2 }), { maxKeys: 3 }),
);

const changes = fc.oneof<fc.Arbitrary<Change>[]>(
  fc.constant({ kind: 'remove' }),
  fc.record({ kind: fc.constant('replace'), by: junk }),
  fc.record({ kind: fc.constant('repeat'), times: fc.constantFrom(2, 5, 1000) }),
  fc.record({ kind: fc.constant('rename'), to: names }),
  fc.record({
    kind: fc.constant('deepen'),
    levels: fc.constantFrom(1, 32, 200),
    as: fc.constantFrom('M', 'L'),
  }),
  fc.record({ kind: fc.constant('swap'), walk: walks }),
);

const mutations = fc.record<Mutation>({ change: changes, walk: walks });

type Path = readonly (string | number)[];

const mutate = (value: Json, { change, walk }: Mutation): Json => {
  const path = pathOf(value, walk);
  switch (change.kind) {
    case 'remove':
      return changed(value, path, () => []);
    case 'replace':
      return changed(value, path, (name) => [[name, change.by]]);
    case 'repeat':
      return changed(value, path, (name, was) => repeated(name, was, change.times));
    case 'rename':
      return changed(value, path, (_, was) => [[change.to, was]]);
    case 'deepen':
      return changed(value, path, (name, was) => [[name, deepened(was, change)]]);
    case 'swap': {
      const other = pathOf(value, change.walk);
      const [one, two] = [valueAt(value, path), valueAt(value, other)];
      const half = changed(value, path, (name) => [[name, two]]);
      return changed(half, other, (name) => [[name, one]]);
    }
  }
};

const pathOf = (value: Json, walk: Walk): Path => {
  const path: (string | number)[] = [];
  let inner = value; // what the path so far leads to
  for (const step of walk) {
    const members = typeof inner === 'object' && inner !== null ? Object.entries(inner) : [];
    const [name, member] = members[step % members.length] ?? [];
    if (name === undefined || member === undefined) break;
    path.push(Array.isArray(inner) ? Number(name) : name);
    inner = member;
  }
  return path;
};

const valueAt = (value: Json, path: Path): Json =>
  path.reduce<Json>((inner, name) => Object(inner)[name] ?? null, value);

type Members = readonly (readonly [string | number, Json])[];

/** The value with other members in place of the one at the path; as it is where there is no such path any more. */
const changed = (
  value: Json,
  [name, ...rest]: Path,
  change: (name: string | number, was: Json) => Members,
): Json => {
  if (name === undefined || typeof value !== 'object' || value === null) return value;
  const replace = (at: string | number, was: Json): Members => {
    if (String(at) !== String(name)) return [[at, was]];
    return rest.length === 0 ? change(at, was) : [[at, changed(was, rest, change)]];
  };
  return Array.isArray(value)
    ? value.flatMap((was: Json, at) => replace(at, was).map(([, now]) => now))
    : Object.fromEntries(Object.entries(value).flatMap(([at, was]) => replace(at, was)));
};

const repeated = (name: string | number, was: Json, times: number): Members => {
  if (typeof was === 'string') return [[name, was.repeat(times)]];
  return Array.from({ length: Math.min(times, MOST_COPIES) }, (_, copy): Members[number] => [
    copy === 0 ? name : `${name}${copy}`,
    was,
  ]);
};

const MOST_COPIES = 5;

const deepened = (
  value: Json,
  { levels, as }: { readonly levels: number; readonly as: 'M' | 'L' },
): Json => {
  let inner = value; // grows a level at a time
  for (let level = 0; level < levels; level++)
    inner = as === 'L' ? { L: [inner] } : { M: { m: inner } };
  return inner;
};
