import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HEADINGS } from '../../function/src/operator/doctor/heading.ts';
import { blocks, parseHcl, readHcl } from '../../scripts/docs/hcl.ts';
import { alarmRules, headingsOf, helpOf } from './house-rules/alarms.ts';
import { orderRules } from './house-rules/order.ts';
import { moduleRules, providerRules } from './house-rules/providers.ts';
import { resourceRules } from './house-rules/resources.ts';
import type { Rule } from './house-rules/rule.ts';
import { closedSets, inputRules, variableRules } from './house-rules/variables.ts';

const repository = join(import.meta.dirname, '../..');

const directoriesOf = (pattern: string): readonly string[] => [
  ...new Set(globSync(pattern, { cwd: repository }).map(dirname)),
];

const modules = directoriesOf('modules/*/*.tf');
const rootModules = directoriesOf('{envs,examples}/*/*.tf');

const headings = headingsOf(readFileSync(join(repository, 'docs/operations.md'), 'utf8'));

const everywhere = [
  ...alarmRules(headings),
  ...orderRules,
  ...providerRules,
  ...resourceRules,
  ...variableRules,
];

const check = (rule: Rule, directories: readonly string[]): void => {
  test('here', async () => {
    for (const directory of directories) {
      const hcl = await readHcl(join(repository, directory));
      expect(rule.breaches(hcl), directory).toEqual([]);
    }
  });

  test.each(rule.counterexamples)('and not in %j', async (hcl, breach) => {
    expect(rule.breaches(await parseHcl(hcl))).toEqual([breach]);
  });
};

test('there are modules, environments and examples to look at', () => {
  expect(modules).toEqual(expect.arrayContaining(['modules/operations', 'modules/sync']));
  expect(rootModules).toEqual(expect.arrayContaining(['envs/prod', 'examples/one-table']));
});

describe.each(everywhere)('$sentence', (rule) => check(rule, [...modules, ...rootModules]));

/** Of docs/operations.md, which are about no one alarm and no one finding. */
const GENERAL = ['Where to look', 'The operator commands', 'What doctor finds'];

test('every heading of docs/operations.md is the help of an alarm, or of a finding of doctor', async () => {
  const hcls = await Promise.all(modules.map((module) => readHcl(join(repository, module))));
  const resources = hcls.flatMap((hcl) => blocks(hcl, 'resource'));
  const named = resources.flatMap((resource) => helpOf(resource)?.heading ?? []);
  const all = new Set([...named, ...HEADINGS, ...GENERAL]);
  expect([...all].toSorted()).toEqual(headings.toSorted());
});

test('the closed sets of the module are read from its descriptions', async () => {
  const variables = blocks(await readHcl(join(repository, 'modules/sync')), 'variable');
  expect(variables.flatMap(closedSets)).toEqual(
    expect.arrayContaining([
      ['es', 'aoss'],
      ['DEBUG', 'INFO', 'WARN', 'ERROR'],
      ['auto', 'true', 'wait_for', 'false'],
      ['exact', 'bfansports'],
    ]),
  );
});

describe.each([...moduleRules, ...inputRules])('$sentence', (rule) => check(rule, modules));
