import { beforeAll, describe, expect, test } from 'vitest';
import { openWorkspace } from '../../support/terraform.ts';
import { refusals } from './refusals.ts';

/** What terraform says about each case, by the case's name. */
let messages: ReadonlyMap<string, readonly string[]>;

type Diagnostic = {
  readonly detail: string;
  readonly range?: { readonly filename: string };
};

// Every case is a module of its own, in a file of its own, and `validate` speaks about all of them at once.
beforeAll(async () => {
  const files = refusals.map(([name, inputs], position) => [
    fileOf(name),
    JSON.stringify({ module: { [`case_${position}`]: { ...COMPLETE, ...inputs } } }),
  ]);
  const workspace = await openWorkspace({
    path: 'envs/refusals',
    files: Object.fromEntries(files),
  });
  await workspace.init();
  const { stdout } = await workspace.run('validate', '-json');
  const { diagnostics }: { readonly diagnostics: readonly Diagnostic[] } = JSON.parse(stdout);
  const byFile = Map.groupBy(diagnostics, ({ range }) => range?.filename ?? 'nowhere');
  messages = new Map([...byFile].map(([file, found]) => [file, found.map(sentencesOf)]));
});

const fileOf = (name: string): string => `${name.replaceAll(/\W/g, '_')}.tf.json`;

const COMPLETE = {
  source: '../../modules/sync',
  name: 'shop-prod',
  opensearch: { domain_name: 'shop' },
  tables: { Orders: {} },
};

// Terraform adds where the rule stands.
const sentencesOf = ({ detail }: Diagnostic): string =>
  detail.replace(/\n\nThis was checked by the validation rule at .*$/s, '');

describe('what cannot work is refused with one message, which says what would:', () => {
  test.each(refusals)('%s', (name, _, message) => {
    expect(messages.get(fileOf(name))).toEqual([message]);
  });

  test('and nothing else is', () => {
    expect(messages.size).toBe(refusals.length);
  });
});
