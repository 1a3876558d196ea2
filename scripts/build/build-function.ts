import { archive } from './archive.ts';
import { type Bundle, type BundleSource, bundle } from './bundle.ts';
import { assertCalledOperations } from './called-operations.ts';
import { assertAllMade } from './cut.ts';
import { assertNoExternalModules } from './external-modules.ts';

/** The function as Lambda gets it, and the bundle inside. */
export interface BuiltFunction {
  readonly bundle: Bundle;
  readonly archive: Uint8Array;
}

/** Builds the function in memory; throws one sentence if it would not run on Lambda as it should. */
export const buildFunction = async (source: BundleSource): Promise<BuiltFunction> => {
  const built = await bundle(source);
  assertAllMade(source.cuts, built.cutsMade);
  assertNoExternalModules(built.files);
  assertCalledOperations(built.files);
  return { bundle: built, archive: archive(built.code) };
};
