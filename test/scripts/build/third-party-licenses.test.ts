import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildFunction } from '../../../scripts/build/build-function.ts';
import { partsOf } from '../../../scripts/build/bundle-parts.ts';
import { bundledPackages } from '../../../scripts/build/bundled-packages.ts';
import { functionSource } from '../../../scripts/build/function-source.ts';
import { thirdPartyLicenses } from '../../../scripts/build/third-party-licenses.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const root = join(import.meta.dirname, '../../..');

test('every package in the bundle is named, with its version and the text of its licence', async () => {
  const { bundle } = await buildFunction(functionSource(root));
  const text = thirdPartyLicenses(bundledPackages(root, bundle));
  const notPackages = ['this project', 'what joins them'];
  const names = partsOf(bundle).map(({ name }) => name);
  for (const name of names.filter((name) => !notPackages.includes(name)))
    expect(text).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+\\S* \\(.+\\)$`, 'm'));
  expect(text).toContain('Copyright (c) 2020 Vercel, Inc.');
  expect(text).toMatch(/Apache License\s+Version 2\.0, January 2004/);
});

test('a package inside of another one is one of its own', () => {
  const directory = install({
    'node_modules/outer': { name: 'outer', version: '1.0.0', license: 'MIT' },
    'node_modules/outer/node_modules/@a/inner': {
      name: '@a/inner',
      version: '2.0.0',
      license: 'ISC',
    },
  });
  const used = { bytes: 1, isOnDemand: false, externalModules: [] };
  const files = [
    { ...used, path: 'node_modules/outer/node_modules/@a/inner/lib/index.js' },
    { ...used, path: 'node_modules/outer/index.js' },
    { ...used, path: 'node_modules/outer/other.js' },
    { ...used, path: 'node_modules/left-out/index.js', bytes: 0 },
    { ...used, path: 'function/src/handler.ts' },
  ];
  expect(bundledPackages(directory, { files }).map(({ lockPath }) => lockPath)).toEqual([
    'node_modules/outer',
    'node_modules/outer/node_modules/@a/inner',
  ]);
});

test('packages under the same text share it', () => {
  const text = licensesOf({
    'node_modules/a': { name: 'a', version: '1.0.0', license: 'MIT', 'LICENSE.txt': 'By A\r\n' },
    'node_modules/b': { name: 'b', version: '1.0.0', license: 'MIT', 'license.md': 'By B' },
    'node_modules/c': { name: 'c', version: '1.0.0', license: 'MIT', LICENCE: 'By A\n\n' },
  });
  expect(text.match(/^a 1\.0\.0 \(MIT\)\nc 1\.0\.0 \(MIT\)\n-+\n\nBy A\n\n=+\nb /m)).not.toBeNull();
  expect(text.match(/By A/g)).toHaveLength(1);
});

test("a notice is passed on, and Apache's licence serves those who bring no copy of it", () => {
  const apache = { version: '1.0.0', license: 'Apache-2.0' };
  const text = licensesOf({
    'node_modules/a': { ...apache, name: 'a' },
    'node_modules/b': { ...apache, name: 'b', LICENSE: 'Apache License', NOTICE: 'By B' },
  });
  expect(text).toMatch(/^a 1\.0\.0 [^\n]+\n-+\n\nApache License\n\n=+\nb /m);
  expect(text).toMatch(/^b 1\.0\.0 [^\n]+\n-+\n\nApache License\n\nBy B\n$/m);
});

test('a package whose licence is nowhere to be found is refused', () => {
  expect(() =>
    licensesOf({ 'node_modules/a': { name: 'a', version: '1.0.0', license: 'MIT' } }),
  ).toThrow(/^a 1\.0\.0 is bundled without the text of its licence \(MIT\), .*\.$/);
  expect(() => licensesOf({ 'node_modules/a': { name: 'a', version: '1.0.0' } })).toThrow(
    'a 1.0.0 is bundled, and its package.json names no licence.',
  );
});

type Installed = { readonly [path: string]: { readonly [fieldOrFile: string]: string } };

const licensesOf = (installed: Installed): string => {
  const files = Object.keys(installed).map((path) => ({
    path: `${path}/index.js`,
    bytes: 1,
    isOnDemand: false,
    externalModules: [],
  }));
  return thirdPartyLicenses(bundledPackages(install(installed), { files }));
};

// Names in capitals, or with a dot, are files; the others are fields of package.json.
const install = (installed: Installed): string => {
  const directory = temporaryDirectory();
  for (const [path, contents] of Object.entries(installed)) {
    mkdirSync(join(directory, path), { recursive: true });
    const isFile = (name: string) => /[.A-Z]/.test(name);
    const fields = Object.entries(contents).filter(([name]) => !isFile(name));
    const files = Object.entries(contents).filter(([name]) => isFile(name));
    const manifest = JSON.stringify(Object.fromEntries(fields));
    for (const [name, text] of [['package.json', manifest] as const, ...files])
      writeFileSync(join(directory, path, name), text);
  }
  return directory;
};
