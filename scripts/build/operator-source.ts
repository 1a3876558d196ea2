import type { BundleSource } from './bundle.ts';
import { commonCuts } from './cuts.ts';

/** The operator commands of the repository in this directory: one file for every Node.js that is maintained. */
export const operatorSource = (rootDirectory: string): BundleSource => ({
  rootDirectory,
  entry: 'scripts/operator.ts',
  cuts: commonCuts,
  target: 'node20',
});
