import { assertWithinBudget, budget, sizeOf } from '../build/budget.ts';
import { buildFunction } from '../build/build-function.ts';
import { buildOperator } from '../build/build-operator.ts';
import type { Bundle } from '../build/bundle.ts';
import { bundledPackages } from '../build/bundled-packages.ts';
import { functionSource } from '../build/function-source.ts';
import { operatorSource } from '../build/operator-source.ts';
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
  assertWithinBudget(sizeOf(bundle), budget);
  const operator = await buildOperator(operatorSource(rootDirectory));
  return [
    { path: 'modules/sync/dist/function.zip', contents: archive },
    licensesBeside('modules/sync/dist', { rootDirectory, bundle }),
    { path: 'dist/dynamodb-to-opensearch.cjs', contents: operator.code },
    licensesBeside('dist', { rootDirectory, bundle: operator }),
  ];
};

type Built = { readonly rootDirectory: string; readonly bundle: Bundle };

const licensesBeside = (directory: string, { rootDirectory, bundle }: Built): ReleaseFile => {
  const packages = bundledPackages(rootDirectory, bundle);
  assertAsLocked(rootDirectory, packages);
  const text = thirdPartyLicenses(packages);
  return { path: `${directory}/THIRD-PARTY-LICENSES.txt`, contents: Buffer.from(text) };
};
