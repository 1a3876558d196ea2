import { type Block, blocks, type Fields, type Hcl } from '../../../scripts/docs/hcl.ts';

/** Something that is so in all HCL of this repository. */
export type Rule = {
  readonly sentence: string;
  /** What breaks it, a sentence each. */
  readonly breaches: (hcl: Hcl) => readonly string[];
  /** HCL that breaks it once, and what is said of that: a rule that cannot fail is none. */
  readonly counterexamples: readonly (readonly [hcl: string, breach: string])[];
};

/** A rule about every block of a kind: `breach` says what is wrong with one, or undefined. */
export const ruleOfBlocks = (
  kind: string,
  sentence: string,
  breach: (block: Block) => string | undefined,
  counterexamples: Rule['counterexamples'],
): Rule => ({
  sentence,
  breaches: (hcl) =>
    blocks(hcl, kind).flatMap((block) => {
      const text = breach(block);
      return text === undefined ? [] : [`${addressOf(block)} ${text}`];
    }),
  counterexamples,
});

/** How HCL refers to a block, more or less: `variable.tables`, `resource.aws_s3_bucket.dead_letter`. */
const addressOf = ({ kind, labels }: Block): string => [kind, ...labels].join('.');

/** The text of an attribute; empty where it has none. */
export const textOf = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
};
