import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Block, blocks, fieldsOf, nameOf, readHcl, typeOf } from '../../scripts/docs/hcl.ts';
import { isLeftover } from '../support/terraform.ts';

const repository = join(import.meta.dirname, '../..');

const ENVIRONMENTS = ['dev', 'qa', 'prod'] as const;

const filesOf = (environment: string): readonly string[] =>
  readdirSync(join(repository, 'envs', environment))
    .filter((name) => !isLeftover(name))
    .toSorted();

const readFile = (environment: string, name: string): string =>
  readFileSync(join(repository, 'envs', environment, name), 'utf8');

const FILES = [
  'environment.tf',
  'main.tf',
  'outputs.tf',
  'terraform.tfvars.example',
  'variables.tf',
  'versions.tf',
];

test.each(ENVIRONMENTS)('%s has the same files as the others', (environment) => {
  expect(filesOf(environment)).toEqual(FILES);
});

test.each(FILES.filter((name) => name !== 'environment.tf'))(
  '%s is the same everywhere',
  (name) => {
    const [dev, qa, prod] = ENVIRONMENTS.map((environment) => readFile(environment, name));
    expect([dev, qa]).toEqual([prod, prod]);
  },
);

describe('environment.tf differs in nothing else than', () => {
  const linesOf = (environment: string): readonly string[] =>
    readFile(environment, 'environment.tf').split('\n');

  const differing = (one: string, other: string): readonly string[] => {
    const [lines, others] = [linesOf(one), linesOf(other)];
    expect(lines).toHaveLength(others.length);
    return lines
      .filter((line, at) => line !== others[at])
      .map((line) => /[#\w]+/.exec(line)?.[0] ?? '');
  };

  const ALWAYS = ['#', 'key', 'environment'];

  test('retention and what a destroy takes along, between qa and prod', () => {
    expect(differing('qa', 'prod')).toEqual([...ALWAYS, 'dead_letters', 'logs']);
  });

  test('alarms and log level as well, between dev and prod', () => {
    const differences = [...ALWAYS, 'alarms', 'dead_letters', 'function', 'logs'];
    expect(differing('dev', 'prod')).toEqual(differences);
  });
});

test.each(ENVIRONMENTS)('the state of %s is its own, and locked', async (environment) => {
  const hcl = await readHcl(join(repository, 'envs', environment));
  const backends = blocks(hcl, 'terraform').flatMap(
    ({ body }) => fieldsOf(body['backend'])['s3'] ?? [],
  );
  expect(backends).toEqual([
    { key: `dynamodb-to-opensearch/${environment}.tfstate`, use_lockfile: true },
  ]);
});

test('what an environment hands on has the type that the module gives it', async () => {
  const typesIn = async (directory: string) => {
    const variables = blocks(await readHcl(join(repository, directory)), 'variable');
    return new Map(variables.map((variable) => [nameOf(variable), typeOnOneLine(variable)]));
  };
  const [ours, modules] = [await typesIn('envs/prod'), await typesIn('modules/sync')];
  for (const name of ['name', 'network', 'opensearch', 'tables']) {
    expect(ours.get(name), name).toBe(modules.get(name));
  }
});

const typeOnOneLine = (variable: Block): string => typeOf(variable).replace(/\s+/g, ' ');

test('an environment has every output of the modules, but what one only tells the other', async () => {
  const outputsOf = async (directory: string) =>
    blocks(await readHcl(join(repository, directory)), 'output');
  const ofSync = (await outputsOf('modules/sync')).map(nameOf);
  const ofOperations = (await outputsOf('modules/operations')).map(nameOf);
  const values = (await outputsOf('envs/prod')).map(({ labels: [name = ''], body }) => [
    name,
    body['value'],
  ]);
  expect(Object.fromEntries(values)).toEqual(
    Object.fromEntries([
      ...ofSync
        .filter((name) => !BETWEEN_MODULES.includes(name))
        .map((name) => [name, `\${module.sync.${name}}`]),
      ...ofOperations.map((name) => [`operations_${name}`, `\${module.operations.${name}}`]),
    ]),
  );
});

const BETWEEN_MODULES = [
  'configuration_key',
  'kms_key_arn',
  'name',
  'network',
  'opensearch',
  'parameter_arn',
  'parameter_version',
];

test('terraform.tfvars.example has about ten lines to fill in, and says how', () => {
  const lines = readFile('prod', 'terraform.tfvars.example').trim().split('\n');
  expect(lines.length).toBeLessThanOrEqual(12);
  expect(lines[0]).toBe('# Copy this file to terraform.tfvars and fill in what is yours.');
});
