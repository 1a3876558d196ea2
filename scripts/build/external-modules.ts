import { isBuiltin } from 'node:module';
import type { BundledFile } from './bundle.ts';

/** Throws if the bundle loads anything but what Node.js has built in: the archive holds no node_modules. */
export const assertNoExternalModules = (files: readonly BundledFile[]): void => {
  for (const { path, externalModules } of files) {
    const missing = externalModules.find((module) => !isBuiltin(module));
    if (missing !== undefined)
      throw new Error(
        `${path} loads "${missing}", which is not bundled and would be missing in Lambda: install it, or cut that line in scripts/build/cuts.ts.`,
      );
  }
};
