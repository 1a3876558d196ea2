import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { buildFunction } from '../../scripts/build/build-function.ts';
import { functionSource } from '../../scripts/build/function-source.ts';
import { closeServer, listenOnLoopback } from '../../scripts/local/loopback.ts';
import { gitIn } from '../../scripts/release/git.ts';
import { assertNoneKnown } from '../../scripts/release/vulnerabilities.ts';
import { announce, type ReleaseRun, runRelease } from '../support/release.ts';
import { copyRepository, type RepositoryCopy } from '../support/repository-copy.ts';
import { directoryOfFile } from '../support/temporary-directory.ts';

const ARCHIVE = 'modules/sync/dist/function.zip';
const LICENSES = 'modules/sync/dist/THIRD-PARTY-LICENSES.txt';

const OPERATOR = 'dist/dynamodb-to-opensearch.cjs';
const OPERATOR_LICENSES = 'dist/THIRD-PARTY-LICENSES.txt';

const SBOM = 'modules/sync/dist/sbom.cdx.json';
const OPERATOR_SBOM = 'dist/sbom.cdx.json';
const PROVENANCE = 'dist/provenance.intoto.json';
const CHECKSUMS = 'dist/SHA256SUMS';

const stateOf = async ({ directory, git }: RepositoryCopy) => ({
  status: await git('status', '--porcelain', '--branch'),
  main: await git('rev-parse', 'main'),
  index: readFileSync(join(directory, '.git/index'), 'base64'),
  files: readdirSync(directory, { recursive: true }).filter(
    (path) => !/^(\.git|node_modules)\b/.test(String(path)),
  ),
});

const sha256 = (contents: Uint8Array): string =>
  createHash('sha256').update(contents).digest('hex');

let repository: RepositoryCopy;
let before: Awaited<ReturnType<typeof stateOf>>;
let first: ReleaseRun;
let checkedOut: string; // a directory with all files of the tag
beforeAll(async () => {
  repository = await copyRepository();
  await announce(repository, '1.2.3');
  before = await stateOf(repository);
  first = runRelease(repository);
  checkedOut = directoryOfFile('tag');
  const git = gitIn(repository.directory, join(directoryOfFile('index'), 'index'));
  await git('--work-tree', checkedOut, 'read-tree', '--reset', '-u', 'v1.2.3');
});

test('the tag is one commit on top of main that adds the built files, by who ran it', async () => {
  const { git } = repository;
  expect(first).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await git('diff', '--name-status', 'main', 'v1.2.3')).toBe(
    [
      ...[CHECKSUMS, OPERATOR_LICENSES, OPERATOR, PROVENANCE, OPERATOR_SBOM],
      ...[LICENSES, ARCHIVE, SBOM],
    ]
      .map((path) => `A\t${path}`)
      .join('\n'),
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
    `${ARCHIVE}, ${archive.byteLength.toLocaleString('en')} bytes\n  SHA-256 ${sha256(archive)}\n`,
  );
});

test('the operator commands of the tag run as one file', async () => {
  const file = join(directoryOfFile('operator'), 'dynamodb-to-opensearch.cjs');
  writeFileSync(file, `${await repository.git('show', `v1.2.3:${OPERATOR}`)}\n`);
  const { stdout } = spawnSync(process.execPath, [file, '--version'], { encoding: 'utf8' });
  expect(stdout).toBe('1.2.3\n');
});

test('a bill of materials names each package in the archive, with version, licence and hash, and no other', async () => {
  const sbom = JSON.parse(await repository.git('show', `v1.2.3:${SBOM}`));
  const licenses = await repository.git('show', `v1.2.3:${LICENSES}`);
  const named = [...licenses.matchAll(/^(\S+) (\d\S+) \(.+\)$/gm)].map(
    ([, name, version]) => `${name}@${version}`,
  );
  const components: readonly { readonly [field: string]: unknown }[] = sbom.components;
  expect(components.map((component) => component['bom-ref'])).toEqual(
    expect.arrayContaining(named),
  );
  expect(components).toHaveLength(named.length);
  for (const component of components) {
    expect(component).toMatchObject({
      type: 'library',
      scope: 'required',
      purl: expect.stringMatching(/^pkg:npm\/.+@\d/),
      hashes: [{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }],
      licenses: [{ license: { id: expect.any(String) } }],
    });
  }
  expect(components.map(({ name }) => name)).toContain('@opensearch-project/opensearch');
  expect(components.map(({ name }) => name)).not.toContain('vitest');
});

test('a bill of materials is that of the archive beside it, and the operator commands have their own', async () => {
  for (const [path, sbomPath] of [
    [ARCHIVE, SBOM],
    [OPERATOR, OPERATOR_SBOM],
  ] as const) {
    const { bomFormat, serialNumber, metadata } = JSON.parse(
      readFileSync(join(checkedOut, sbomPath), 'utf8'),
    );
    expect({ bomFormat, serialNumber, metadata }).toMatchObject({
      bomFormat: 'CycloneDX',
      serialNumber: expect.stringMatching(
        /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
      ),
      metadata: {
        component: {
          name: path.split('/').at(-1),
          version: '1.2.3',
          hashes: [{ alg: 'SHA-256', content: sha256(readFileSync(join(checkedOut, path))) }],
        },
      },
    });
  }
});

test('the provenance names every file by its digest, the commit on main, the lock file and the tools, and no machine', async () => {
  const text = readFileSync(join(checkedOut, PROVENANCE), 'utf8');
  const { _type, subject, predicateType, predicate } = JSON.parse(text);
  expect([_type, predicateType]).toEqual([
    'https://in-toto.io/Statement/v1',
    'https://slsa.dev/provenance/v1',
  ]);
  expect(subject).toEqual(
    [ARCHIVE, LICENSES, SBOM, OPERATOR, OPERATOR_LICENSES, OPERATOR_SBOM].map((name) => ({
      name,
      digest: { sha256: sha256(readFileSync(join(checkedOut, name))) },
    })),
  );
  expect(predicate.buildDefinition.externalParameters).toEqual({ version: '1.2.3' });
  expect(predicate.buildDefinition.resolvedDependencies).toEqual([
    { name: 'main', digest: { gitCommit: before.main } },
    {
      name: 'package-lock.json',
      digest: { sha256: sha256(readFileSync(join(checkedOut, 'package-lock.json'))) },
    },
  ]);
  expect(predicate.runDetails.builder.version).toMatchObject({ esbuild: expect.any(String) });
  expect(text).not.toContain(repository.directory);
});

test('the checksums are those of all other files, as sha256sum checks them', async () => {
  const { status, stdout } = spawnSync('sha256sum', ['--check', CHECKSUMS], {
    cwd: checkedOut,
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  expect(stdout.trimEnd().split('\n')).toEqual(
    [ARCHIVE, LICENSES, SBOM, OPERATOR, OPERATOR_LICENSES, OPERATOR_SBOM, PROVENANCE].map(
      (path) => `${path}: OK`,
    ),
  );
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

describe('known vulnerabilities', () => {
  /** What is known where the registry answers the question so, and commander is shipped. */
  const knownWhere = async (status: number, advisories: object) => {
    const registry = createServer(({ method, url = '' }, outgoing) => {
      outgoing.writeHead(status, { 'content-type': 'application/json' });
      // Advisories are asked for by POST; then npm wants to know which versions of a package there are.
      const name = decodeURIComponent(url.slice(1));
      const versions = { '1.0.0': { name, version: '1.0.0' } };
      outgoing.end(JSON.stringify(method === 'POST' ? advisories : { name, versions }));
    });
    vi.stubEnv('npm_config_registry', await listenOnLoopback(registry));
    onTestFinished(() => {
      vi.unstubAllEnvs();
      return closeServer(registry);
    });
    return assertNoneKnown(repository.directory, [{ lockPath: 'node_modules/commander' }]);
  };

  const advisory = {
    id: 1,
    url: 'https://example.com/1',
    title: 'It leaks',
    severity: 'high',
    vulnerable_versions: '*',
  };

  test('of a package that is inside keep it from being released', async () => {
    await expect(knownWhere(200, { commander: [advisory] })).rejects.toThrow(
      /^What would be released has packages in which a vulnerability is known: commander \(high: It leaks, https:\/\/example\.com\/1\)\. Run npm audit fix, .*$/,
    );
  });

  test('of a tool are told', async () => {
    const { ofTools } = await knownWhere(200, { 'fast-check': [advisory] });
    expect(ofTools).toEqual(['fast-check (high: It leaks, https://example.com/1)']);
  });

  test('that there are none is told', async () => {
    expect(await knownWhere(200, {})).toEqual({ ofTools: [] });
  });

  test('that the registry does not tell are a reason to try again, or to say that nobody asked', async () => {
    await expect(knownWhere(405, {})).rejects.toThrow(
      /^Nobody knows of vulnerabilities in the packages, because the registry could not be asked \(405 .*\)\. .* --without-audit\.$/,
    );
    expect(first.stdout).toContain('Nobody was asked for known vulnerabilities (--without-audit)');
  });
});

test('an option that there is not is refused', () => {
  expect(runRelease(repository, '--no-audit').stderr).toMatch(/^No release: .*'--no-audit'.*\n/);
});
