import { type Block, blocks, nameOf } from '../../../scripts/docs/hcl.ts';
import type { Rule } from './rule.ts';

const isRequired = ({ body }: Block): boolean => !('default' in body);

/** Says where names first leave the order that they should have. */
const misplaced = (kind: string, actual: readonly Block[], expected: readonly Block[]) => {
  const at = actual.findIndex((block, position) => block !== expected[position]);
  const [is, should] = [actual[at], expected[at]];
  if (is === undefined || should === undefined) return [];
  return [`${kind}.${nameOf(is)} stands where ${nameOf(should)} should`];
};

const byName = (one: Block, other: Block): number => (nameOf(one) < nameOf(other) ? -1 : 1);

/** Rules about the order of variables and outputs. */
export const orderRules: readonly Rule[] = [
  {
    sentence: 'required variables come first, and then the others, each in alphabetical order',
    breaches: (hcl) => {
      const variables = blocks(hcl, 'variable');
      const required = variables.filter(isRequired).toSorted(byName);
      const optional = variables.filter((variable) => !isRequired(variable)).toSorted(byName);
      return misplaced('variable', variables, [...required, ...optional]);
    },
    counterexamples: [
      ['variable "b" {\n}\nvariable "a" {\n}', 'variable.b stands where a should'],
      ['variable "a" {\n  default = 1\n}\nvariable "b" {\n}', 'variable.a stands where b should'],
    ],
  },
  {
    sentence: 'outputs are in alphabetical order',
    breaches: (hcl) => {
      const outputs = blocks(hcl, 'output');
      return misplaced('output', outputs, outputs.toSorted(byName));
    },
    counterexamples: [['output "b" {\n}\noutput "a" {\n}', 'output.b stands where a should']],
  },
];
