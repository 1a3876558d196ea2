import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { buildFunction } from '../../scripts/build/build-function.ts';
import { functionSource } from '../../scripts/build/function-source.ts';
import { announce, type ReleaseRun, runRelease } from '../support/release.ts';
import { copyRepository, type RepositoryCopy } from '../support/repository-copy.ts';
import { directoryOfFile } from '../support/temporary-directory.ts';

const ARCHIVE = 'modules/sync/dist/function.zip';
const LICENSES = 'modules/sync/dist/THIRD-PARTY-LICENSES.txt';

const OPERATOR = 'dist/dynamodb-to-opensearch.cjs';
const OPERATOR_LICENSES = 'dist/THIRD-PARTY-LICENSES.txt';

const stateOf = async ({ directory, git }: RepositoryCopy) => ({
  status: await git('status', '--porcelain', '--branch'),
  main: await git('rev-parse', 'main'),
  index: readFileSync(join(directory, '.git/index'), 'base64'),
  files: readdirSync(directory, { recursive: true }).filter(
    (path) => !/^(\.git|node_modules)\b/.test(String(path)),
  ),
});

let repository: RepositoryCopy;
let before: Awaited<ReturnType<typeof stateOf>>;
let first: ReleaseRun;
beforeAll(async () => {
  repository = await copyRepository();
  await announce(repository, '1.2.3');
  before = await stateOf(repository);
  first = runRelease(repository);
});

test('the tag is one commit on top of main that adds the built files, by who ran it', async () => {
  const { git } = repository;
  expect(first).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await git('diff', '--name-status', 'main', 'v1.2.3')).toBe(
    [OPERATOR_LICENSES, OPERATOR, LICENSES, ARCHIVE].map((path) => `A\t${path}`).join('\n'),
  );
  expect(await git('log', '--format=%P %an <%ae>', 'main..v1.2.3')).toBe(
    `${before.main} A Maintainer <maintainer@example.com>`,
  );
});

test('main, the index and the working tree are as before', async () => {
  expect(await stateOf(repository)).toEqual(before);
});

test('the archive is the one that anybody builds, and its SHA-256 is printed', async () => {
  const { archive } = await buildFunction(functionSource(repository.directory));
  const blob = createHash('sha1').update(`blob ${archive.byteLength}\0`).update(archive);
  expect(await repository.git('rev-parse', `v1.2.3:${ARCHIVE}`)).toBe(blob.digest('hex'));
  expect(first.stdout).toContain(
    `${ARCHIVE}, ${archive.byteLength.toLocaleString('en')} bytes\n  SHA-256 ${createHash('sha256').update(archive).digest('hex')}\n`,
  );
});

test('the operator commands of the tag run as one file', async () => {
  const file = join(directoryOfFile('operator'), 'dynamodb-to-opensearch.cjs');
  writeFileSync(file, `${await repository.git('show', `v1.2.3:${OPERATOR}`)}\n`);
  const { stdout } = spawnSync(process.execPath, [file, '--version'], { encoding: 'utf8' });
  expect(stdout).toBe('1.2.3\n');
});

test('what is left to do is printed: two commands', () => {
  expect(first.stdout.match(/^ {2}git .*$/gm)).toEqual([
    '  git push origin main',
    '  git push origin v1.2.3',
  ]);
});

test('a version that has a tag is refused', () => {
  expect(runRelease(repository)).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringMatching(/^No release: The tag v1\.2\.3 exists already, .*\n$/),
  });
});

test('a change that is not committed is refused', async () => {
  const copy = await copyRepository();
  writeFileSync(join(copy.directory, 'function/src/new.ts'), '');
  writeFileSync(join(copy.directory, 'README.md'), '');
  expect(runRelease(copy).stderr).toMatch(
    /^No release: .* the working tree has changes \(M README\.md and 1 more\): commit or remove them first\.\n$/,
  );
});

test('another branch than main is refused', async () => {
  const copy = await copyRepository();
  await copy.git('switch', '--quiet', '--create', 'idea');
  expect(runRelease(copy).stderr).toBe(
    'No release: A release is made from main, and this is idea: run git switch main first.\n',
  );
});

test('a version of which the changelog says nothing is refused', async () => {
  const copy = await copyRepository();
  await announce(copy, '1.2.3-rc.1');
  writeFileSync(join(copy.directory, 'CHANGELOG.md'), '# Changelog\n\n## 1.2.30\n');
  await copy.git('commit', '--quiet', '--all', '--message', 'Version 1.2.30');
  expect(runRelease(copy).stderr).toMatch(
    /^No release: CHANGELOG\.md has no heading "## 1\.2\.3-rc\.1", the version in package\.json: .*\n$/,
  );
});

test('packages that are not those of the lock file are refused', async () => {
  const copy = await copyRepository();
  await announce(copy, '1.2.3');
  const lockFile = join(copy.directory, 'package-lock.json');
  const lock = readFileSync(lockFile, 'utf8');
  writeFileSync(
    lockFile,
    lock.replace(/("node_modules\/fflate": {\s+"version": )".*?"/, '$1"9.9.9"'),
  );
  await copy.git('commit', '--quiet', '--all', '--message', 'Another fflate');
  expect(runRelease(copy).stderr).toMatch(
    /^No release: node_modules\/fflate is version .*, and package-lock\.json has 9\.9\.9: run npm ci, .*\n$/,
  );
});
