import { hash } from 'node:crypto';
import type { BundledPackage } from '../build/bundled-packages.ts';
import { packageManifest } from '../build/package-manifest.ts';
import { outputOf } from '../local/command.ts';

/** What npm knows of all packages of package-lock.json: a bill of materials of CycloneDX, https://cyclonedx.org. */
export interface Inventory {
  readonly specVersion: string;
  readonly metadata: { readonly tools: unknown };
  readonly components: readonly Component[];
  readonly dependencies: readonly Dependencies[];
}

interface Component {
  /** Name and version: commander@14.0.3. */
  readonly 'bom-ref': string;
  readonly [field: string]: unknown;
}

interface Dependencies {
  readonly ref: string;
  readonly dependsOn: readonly string[];
}

/** Asks npm for it; no network is needed. */
export const readInventory = async (rootDirectory: string): Promise<Inventory> =>
  JSON.parse(
    await outputOf({
      program: 'npm',
      arguments: ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'],
      directory: rootDirectory,
      environment: process.env,
      missing:
        'A release lists what is inside of it, and npm, which knows, was not found in PATH: install it and run the command again.',
    }),
  );

/** A file that is made of packages, and of code of our own. */
export interface MadeOfPackages {
  readonly rootDirectory: string;
  /** Its name. */
  readonly file: string;
  readonly contents: Uint8Array;
  readonly packages: readonly BundledPackage[];
}

/** The bill of materials of a file: what is inside of it, and nothing else. Whoever makes it of the same commit with the same npm makes the same bytes. */
export const billOfMaterials = (made: MadeOfPackages, inventory: Inventory): string => {
  const refs = made.packages.map(({ name, version }) => `${name}@${version}`);
  const content = {
    metadata: {
      lifecycles: [{ phase: 'build' }],
      tools: inventory.metadata.tools,
      component: productOf(made),
    },
    components: refs.map((ref) => componentOf(ref, inventory)),
    dependencies: dependenciesAmong(new Set(refs), inventory),
  };
  const head = {
    bomFormat: 'CycloneDX',
    specVersion: inventory.specVersion,
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify(content))}`,
    version: 1,
  };
  return `${JSON.stringify({ ...head, ...content }, undefined, 2)}\n`;
};

const productOf = ({ rootDirectory, file, contents }: MadeOfPackages) => {
  const { name, version } = packageManifest(rootDirectory);
  return {
    type: 'application',
    'bom-ref': `${name}@${version}/${file}`,
    name: file,
    version,
    purl: `pkg:npm/${name}@${version}#${file}`,
    hashes: [{ alg: 'SHA-256', content: hash('sha256', contents) }],
    licenses: [{ license: { id: 'MIT' } }],
  };
};

/** A package; that we need it for development only, because nothing but the bundle is shipped, says nothing of the bundle. */
const componentOf = (ref: string, { components }: Inventory) => {
  const found = components.find((component) => component['bom-ref'] === ref);
  if (found === undefined)
    throw new Error(
      `${ref} is bundled, and npm sbom does not know it: run npm ci, and then this again.`,
    );
  const { properties: _, ...component } = found;
  return { ...component, scope: 'required' };
};

const dependenciesAmong = (refs: ReadonlySet<string>, { dependencies }: Inventory) =>
  dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({
      ref,
      dependsOn: dependsOn.filter((other) => refs.has(other)),
    }));

/** A UUID of version 8, whose bits are ours to choose: the same for the same text. */
const uuidOf = (text: string): string =>
  hash('sha256', text).replace(
    /^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/,
    (_, ...[one, two, three, four, five]) => `${one}-${two}-8${three}-8${four}-${five}`,
  );
