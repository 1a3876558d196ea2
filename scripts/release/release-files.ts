import { assertWithinBudget, budget, sizeOf } from '../build/budget.ts';
import { buildFunction } from '../build/build-function.ts';
import { buildOperator } from '../build/build-operator.ts';
import type { Bundle } from '../build/bundle.ts';
import { type BundledPackage, bundledPackages } from '../build/bundled-packages.ts';
import { functionSource } from '../build/function-source.ts';
import { operatorSource } from '../build/operator-source.ts';
import { thirdPartyLicenses } from '../build/third-party-licenses.ts';
import { assertAsLocked } from './locked-packages.ts';
import { checksumsOf, type Origin, provenanceOf } from './provenance.ts';
import { billOfMaterials, type Inventory, type MadeOfPackages, readInventory } from './sbom.ts';

/** A file that a release carries and main does not. */
export interface ReleaseFile {
  /** Relative to the repository. */
  readonly path: string;
  readonly contents: Uint8Array;
}

/** What a release carries, and the packages of which something is in it. */
export interface Built {
  readonly files: readonly ReleaseFile[];
  readonly packages: readonly BundledPackage[];
}

/** Builds what a release carries, in memory; throws one sentence unless anybody else would get the same bytes. */
export const buildReleaseFiles = async (origin: Origin): Promise<Built> => {
  const { rootDirectory } = origin;
  const { bundle, archive } = await buildFunction(functionSource(rootDirectory));
  assertWithinBudget(sizeOf(bundle), budget);
  const operator = await buildOperator(operatorSource(rootDirectory));
  const products = [
    { directory: 'modules/sync/dist', file: 'function.zip', contents: archive, bundle },
    {
      directory: 'dist',
      file: 'dynamodb-to-opensearch.cjs',
      contents: operator.code,
      bundle: operator,
    },
  ].map((product) => ({ ...product, packages: packagesIn(product.bundle, rootDirectory) }));
  const inventory = await readInventory(rootDirectory);
  const files = products.flatMap((product) => [
    { path: `${product.directory}/${product.file}`, contents: product.contents },
    ...documentsBeside({ ...product, rootDirectory }, inventory),
  ]);
  return {
    files: withProof(files, origin),
    packages: products.flatMap(({ packages }) => packages),
  };
};

const packagesIn = (bundle: Bundle, rootDirectory: string): readonly BundledPackage[] => {
  const packages = bundledPackages(rootDirectory, bundle);
  assertAsLocked(rootDirectory, packages);
  return packages;
};

/** The licences of what is bundled in a product, and its bill of materials. */
const documentsBeside = (
  product: MadeOfPackages & { readonly directory: string },
  inventory: Inventory,
): readonly ReleaseFile[] => {
  const { directory, packages } = product;
  return [
    textFile(`${directory}/THIRD-PARTY-LICENSES.txt`, thirdPartyLicenses(packages)),
    textFile(`${directory}/sbom.cdx.json`, billOfMaterials(product, inventory)),
  ];
};

const withProof = (files: readonly ReleaseFile[], origin: Origin): readonly ReleaseFile[] => {
  const proved = [...files, textFile('dist/provenance.intoto.json', provenanceOf(files, origin))];
  return [...proved, textFile('dist/SHA256SUMS', checksumsOf(proved))];
};

const textFile = (path: string, text: string): ReleaseFile => ({
  path,
  contents: Buffer.from(text),
});
