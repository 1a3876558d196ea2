import { type Bundle, type BundleSource, bundle } from './bundle.ts';
import { assertNoExternalModules } from './external-modules.ts';

/** Builds the operator commands in memory; throws one sentence if they would not run without node_modules. */
export const buildOperator = async (source: BundleSource): Promise<Bundle> => {
  const built = await bundle(source);
  assertNoExternalModules(built.files);
  return built;
};
