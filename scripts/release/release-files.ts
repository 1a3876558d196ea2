import { assertWithinBudget, budgetBytes } from '../build/budget.ts';
import { buildFunction } from '../build/build-function.ts';
import { bundledPackages } from '../build/bundled-packages.ts';
import { functionSource } from '../build/function-source.ts';
import { thirdPartyLicenses } from '../build/third-party-licenses.ts';
import { assertAsLocked } from './locked-packages.ts';

/** A file that a release carries and main does not. */
export interface ReleaseFile {
  /** Relative to the repository. */
  readonly path: string;
  readonly contents: Uint8Array;
}

/** Builds what a release carries, in memory; throws one sentence unless anybody else would get the same bytes. */
export const buildReleaseFiles = async (rootDirectory: string): Promise<readonly ReleaseFile[]> => {
  const { bundle, archive } = await buildFunction(functionSource(rootDirectory));
  assertWithinBudget(bundle.code.byteLength, budgetBytes);
  const packages = bundledPackages(rootDirectory, bundle);
  assertAsLocked(rootDirectory, packages);
  return [
    { path: 'modules/sync/dist/function.zip', contents: archive },
    {
      path: 'modules/sync/dist/THIRD-PARTY-LICENSES.txt',
      contents: Buffer.from(thirdPartyLicenses(packages)),
    },
  ];
};
