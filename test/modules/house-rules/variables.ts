import { descriptionOf } from '../../../scripts/docs/description.ts';
import { type Block, nested, typeOf } from '../../../scripts/docs/hcl.ts';
import { fieldsOfType } from '../../../scripts/docs/type.ts';
import { type Rule, ruleOfBlocks, textOf } from './rule.ts';

const listed = (names: readonly string[]): string => names.join(', ');

/** What a variable, and every field of it that is text, may be, by the sentence about it. */
export const closedSets = (variable: Block): readonly (readonly string[])[] => {
  const { whole, fields } = descriptionOf(variable);
  const texts = [
    { type: typeOf(variable), sentence: whole },
    ...fieldsOfType(typeOf(variable)).map(({ path, type }) => ({
      type,
      sentence: fields.get(path) ?? '',
    })),
  ];
  return texts.map(wordsOffered).filter((words) => words.length > 1);
};

// "`a` or `b`" of a text, "of `a` and `b`" of a set of texts; what follows a semicolon or a full stop is something else.
const wordsOffered = (of: { readonly type: string; readonly sentence: string }) => {
  const [clause = ''] = of.sentence.split(/[;.](?= |$)/);
  const isOffer =
    (of.type === 'string' && /\bor `/.test(clause)) ||
    (of.type === 'set(string)' && /\bof `/.test(clause));
  return isOffer ? [...clause.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word) : [];
};

const isValidated = (variable: Block, words: readonly string[]): boolean =>
  nested(variable, 'validation').some((validation) =>
    words.every((word) => textOf(validation, 'condition').includes(`"${word}"`)),
  );

/** Rules about what is said of variables and outputs, and what they let in. */
export const variableRules: readonly Rule[] = [
  ...['variable', 'output'].map((kind) =>
    ruleOfBlocks(
      kind,
      `every ${kind} has a description, of whole sentences`,
      (block) => (/^\S.*[.:]$/.test(descriptionOf(block).whole) ? undefined : 'is not described'),
      [
        [`${kind} "a" {\n}`, `${kind}.a is not described`],
        [`${kind} "a" {\n  description = "Half a"\n}`, `${kind}.a is not described`],
      ],
    ),
  ),
  ruleOfBlocks(
    'variable',
    'every variable has a type, and none lets in anything',
    (variable) => {
      if (typeOf(variable) === '') return 'has no type';
      return /\bany\b/.test(typeOf(variable)) ? 'lets in anything' : undefined;
    },
    [
      ['variable "a" {\n}', 'variable.a has no type'],
      ['variable "a" {\n  type = any\n}', 'variable.a lets in anything'],
      [
        'variable "a" {\n  type = map(object({ b = optional(any) }))\n}',
        'variable.a lets in anything',
      ],
    ],
  ),
  ruleOfBlocks(
    'variable',
    'no variable is null, unless its description says what that means',
    (variable) => {
      const isExplained = /\bnull\b/.test(descriptionOf(variable).whole);
      const isNullable = variable.body['nullable'] !== false;
      if (isNullable && !isExplained) return 'may be null, and nobody knows what that means';
      return isExplained && !isNullable ? 'tells of null, and may not be null' : undefined;
    },
    [
      [
        'variable "a" {\n  description = "Some."\n}',
        'variable.a may be null, and nobody knows what that means',
      ],
      [
        'variable "a" {\n  description = "Some; null is none."\n  nullable = false\n}',
        'variable.a tells of null, and may not be null',
      ],
    ],
  ),
  ruleOfBlocks(
    'variable',
    'where a description says what may be said, nothing else is let in',
    (variable) => {
      const open = closedSets(variable).find((words) => !isValidated(variable, words));
      return open && `should be validated to be one of ${listed(open)}`;
    },
    [
      [
        'variable "a" {\n  type = string\n  description = "How: `b` (so) or `c`; not `d`."\n}',
        'variable.a should be validated to be one of b, c',
      ],
      [
        'variable "a" {\n  type = object({ b = optional(set(string)) })\n  description = "A.\\n- `b`: some of `c` and `d`."\n  validation {\n    condition = var.a.b == "c"\n  }\n}',
        'variable.a should be validated to be one of c, d',
      ],
    ],
  ),
  ruleOfBlocks(
    'variable',
    'what a validation says begins with the input that it is about',
    (variable) => {
      const name = variable.labels.join('.');
      const messages = nested(variable, 'validation').map((fields) =>
        textOf(fields, 'error_message'),
      );
      return messages.every((text) => text.startsWith('${') || new RegExp(`^${name}\\b`).test(text))
        ? undefined
        : 'refuses without saying what it is about';
    },
    [
      [
        'variable "a" {\n  validation {\n    condition = true\n    error_message = "Invalid value."\n  }\n}',
        'variable.a refuses without saying what it is about',
      ],
    ],
  ),
];

/** Rules about the variables of modules; root modules that hand an object on refer to the module for its fields. */
export const inputRules: readonly Rule[] = [
  ruleOfBlocks(
    'variable',
    'every field of an object has a sentence in the description, and every sentence a field',
    (variable) => {
      const fields = fieldsOfType(typeOf(variable)).map(({ path }) => path);
      const sentences = [...descriptionOf(variable).fields.keys()];
      const missing = fields.filter((field) => !sentences.includes(field));
      const superfluous = sentences.filter((field) => !fields.includes(field));
      if (missing.length > 0) return `does not describe ${listed(missing)}`;
      return superfluous.length > 0 ? `describes ${listed(superfluous)} in vain` : undefined;
    },
    [
      [
        'variable "a" {\n  type = object({ b = object({ c = string }) })\n  description = "A.\\n- `b`: b."\n}',
        'variable.a does not describe b.c',
      ],
      [
        'variable "a" {\n  type = object({ b = string })\n  description = "A.\\n- `b`: b.\\n- `d`: d."\n}',
        'variable.a describes d in vain',
      ],
    ],
  ),
];
