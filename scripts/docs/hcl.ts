import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@cdktf/hcl2json';

/** What stands between a block's braces, or between those of an object; expressions are texts, `${…}`. */
export type Fields = { readonly [name: string]: unknown };

/** A block of HCL. */
export type Block = {
  readonly kind: string;
  /** `["aws_s3_bucket", "dead_letter"]` of a resource, `["tables"]` of a variable. */
  readonly labels: readonly string[];
  readonly body: Fields;
};

/** The blocks of a root module or of a module, in the order of the files' names and of their lines. */
export type Hcl = readonly Block[];

/** Reads the `.tf` files of a directory. @throws Error with file and line when one is no HCL */
export const readHcl = async (directory: string): Promise<Hcl> => {
  const names = readdirSync(directory).filter((name) => name.endsWith('.tf'));
  const files = names.toSorted().map((name) => join(directory, name));
  const hcl = await Promise.all(files.map((path) => parseHcl(readFileSync(path, 'utf8'), path)));
  return hcl.flat();
};

/** Reads a text of HCL; `source` names it in errors. */
export const parseHcl = async (text: string, source = 'main.tf'): Promise<Hcl> => {
  const kinds: Fields = await parse(source, text);
  const blocks = Object.entries(kinds).flatMap(([kind, value]) => blocksOf(kind, [], value));
  const order = [...text.matchAll(/^(\w+)((?: "[^"]+")*) \{/gm)].map(([line]) => line);
  return blocks.toSorted(
    (one, other) => order.indexOf(firstLine(one)) - order.indexOf(firstLine(other)),
  );
};

/** The blocks of a kind, such as `variable`. */
export const blocks = (hcl: Hcl, kind: string): Hcl => hcl.filter((block) => block.kind === kind);

/** Blocks within a block, such as `validation`, those that `dynamic` makes included. */
export const nested = ({ body }: Block, name: string): readonly Fields[] => {
  const made = listOf(fieldsOf(body['dynamic'])[name]).flatMap(({ content }) => listOf(content));
  return [...listOf(body[name]), ...made];
};

/** A block's labels as one: `tables` of a variable, `aws_s3_bucket.dead_letter` of a resource. */
export const nameOf = ({ labels }: Block): string => labels.join('.');

/** The type of a variable, as HCL writes it; empty where it has none. */
export const typeOf = ({ body }: Block): string => expression(body['type'] ?? '');

/** A value as fields; none where it is something else. */
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

/** An expression without the `${…}` around it; the text of a field that is none. */
export const expression = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  return /^\$\{(.*)\}$/s.exec(text)?.[1] ?? text;
};

// Labels are nested objects; a body is an object in a list of one.
const blocksOf = (kind: string, labels: readonly string[], value: unknown): Hcl =>
  Array.isArray(value)
    ? listOf(value).map((body) => ({ kind, labels, body }))
    : Object.entries(fieldsOf(value)).flatMap(([label, inner]) =>
        blocksOf(kind, [...labels, label], inner),
      );

const firstLine = ({ kind, labels }: Block): string =>
  `${[kind, ...labels.map((label) => `"${label}"`)].join(' ')} {`;

const listOf = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? value.filter(isFields) : [];

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
