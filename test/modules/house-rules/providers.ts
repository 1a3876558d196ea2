import { type Block, blocks, fieldsOf } from '../../../scripts/docs/hcl.ts';
import { type Rule, ruleOfBlocks } from './rule.ts';

const requirementsOf = (terraform: Block): readonly string[] => {
  const required = terraform.body['required_providers'];
  return Array.isArray(required) ? required.flatMap((fields) => Object.keys(fieldsOf(fields))) : [];
};

/** A rule about all HCL: which provider it may need. */
export const providerRules: readonly Rule[] = [
  ruleOfBlocks(
    'terraform',
    'the aws provider is the only one',
    (terraform) => {
      const others = requirementsOf(terraform).filter((name) => name !== 'aws');
      return others.length === 0 ? undefined : `needs the provider ${others.join(', ')}`;
    },
    [
      [
        'terraform {\n  required_providers {\n    random = {}\n  }\n}',
        'terraform needs the provider random',
      ],
    ],
  ),
];

/** Rules about modules alone: root modules have providers, and are called by nobody. */
export const moduleRules: readonly Rule[] = [
  ruleOfBlocks(
    'provider',
    'a module leaves the configuration of providers to its caller',
    () => 'stands in a module',
    [['provider "aws" {\n}', 'provider.aws stands in a module']],
  ),
  {
    sentence: 'a module says which versions of Terraform and of the provider it works with',
    breaches: (hcl) => {
      const [terraform] = blocks(hcl, 'terraform');
      const aws = terraform && requirementsOf(terraform).includes('aws');
      return aws && terraform.body['required_version'] !== undefined
        ? []
        : ['the module says nothing'];
    },
    counterexamples: [
      ['', 'the module says nothing'],
      ['terraform {\n  required_providers {\n    aws = {}\n  }\n}', 'the module says nothing'],
    ],
  },
];
