import { descriptionOf } from './description.ts';
import { type Block, blocks, type Hcl, nameOf, typeOf } from './hcl.ts';
import { code, table } from './markdown.ts';
import { type Field, fieldsOfType, shortType } from './type.ts';

/** Markdown about the variables of a module: all of them, then the fields of those that are objects. */
export const inputTables = (hcl: Hcl): string => {
  const inputs = blocks(hcl, 'variable').map(inputOf);
  const overview = table(['input', 'type', 'default', 'meaning'], inputs.map(inputRow));
  return [overview, ...inputs.filter(hasFields).map(fieldTable)].join('\n\n');
};

/** Markdown about the outputs of a module. */
export const outputTable = (hcl: Hcl): string =>
  table(
    ['output', 'meaning'],
    blocks(hcl, 'output').map((output) => [code(nameOf(output)), descriptionOf(output).whole]),
  );

type Input = {
  readonly name: string;
  readonly type: string;
  /** As HCL writes it; undefined where the input is required. */
  readonly default: string | undefined;
  readonly meaning: string;
  readonly fields: readonly Field[];
  readonly meanings: ReadonlyMap<string, string>;
};

const inputOf = (variable: Block): Input => {
  const type = typeOf(variable);
  const { whole, fields } = descriptionOf(variable);
  return {
    name: nameOf(variable),
    type: shortType(type),
    default: 'default' in variable.body ? JSON.stringify(variable.body['default']) : undefined,
    meaning: whole,
    fields: fieldsOfType(type),
    meanings: fields,
  };
};

const hasFields = ({ fields }: Input): boolean => fields.length > 0;

const inputRow = (input: Input): readonly string[] => {
  const name = code(input.name);
  const linked = hasFields(input) ? `[${name}](#fields-of-${input.name})` : name;
  return [linked, code(input.type), defaultOf(input), input.meaning];
};

const fieldTable = ({ name, fields, meanings }: Input): string => {
  const rows = fields.map((field) => [
    code(field.path),
    code(field.type),
    defaultOf(field),
    meanings.get(field.path) ?? '',
  ]);
  return `### Fields of ${code(name)}\n\n${table(['field', 'type', 'default', 'meaning'], rows)}`;
};

const defaultOf = (of: Pick<Input, 'default'>): string =>
  of.default === undefined ? 'required' : code(of.default);
