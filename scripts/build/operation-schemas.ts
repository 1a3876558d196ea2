import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The generated schemas of an AWS client, so that esbuild can drop those of operations that are not
 * called. Two things keep it from that: keys such as `[_hH]`, which might run code for all it knows,
 * and the registration of every error. An error left out still arrives with its name and message, as
 * the client's base class: like all that AWS has not modelled, AccessDeniedException for instance.
 */
export const schemasOf = (path: string, operations: readonly string[]): string => {
  const source = readFileSync(path, 'utf8');
  if (source.search(computedKey) < 0 || source.search(errorRegistration) < 0)
    throw new Error(`${path} is written in another way than operation-schemas.ts knows.`);
  const constants = Array.from(source.matchAll(stringConstant));
  const strings = new Map(constants.map(([, name, text]) => [name, text]));
  const errors = errorsOf(join(dirname(path), '../../dist-types/commands'), operations);
  return source
    .replace(computedKey, (key, name) => (strings.has(name) ? `${strings.get(name)}:` : key))
    .replace(errorRegistration, (line, error) => (errors.has(error) ? line : ''));
};

const stringConstant = /^const (_\w+) = ("[^"]*");$/gm;
const computedKey = /\[(_\w+)\]:/g;
const errorRegistration = /^n0_registry\.registerError\((\w+)\$, \w+\);$/gm;

// Which errors an operation can answer stands nowhere in the code that runs, only in its types.
const errorsOf = (typesDirectory: string, operations: readonly string[]): ReadonlySet<string> => {
  const types = operations.map((operation) =>
    readFileSync(join(typesDirectory, `${operation}Command.d.ts`), 'utf8'),
  );
  const thrown = Array.from(types.join().matchAll(/@throws \{@link (\w+)\}/g));
  return new Set(thrown.map(([, error = '']) => error));
};
