import type { BundleSource } from './bundle.ts';
import { cuts } from './cuts.ts';

/** The function of the repository in this directory. */
export const functionSource = (rootDirectory: string): BundleSource => ({
  rootDirectory,
  entry: 'function/src/handler.ts',
  cuts,
  target: 'node22',
});
