import { join } from 'node:path';
import { build } from 'esbuild';

/** Where programs that run in processes of their own lie, by name. */
export type Programs<Name extends string> = (name: Name) => string;

/** Bundles programs of a folder as the function is bundled, so that none carries a compiler or a module search into what is measured. */
export const buildPrograms = async <Name extends string>(
  directory: string,
  folder: string,
  names: readonly Name[],
): Promise<Programs<Name>> => {
  await build({
    entryPoints: names.map((name) => join(folder, `${name}.ts`)),
    outdir: directory,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    logLevel: 'warning',
    platform: 'node',
    target: 'node22',
  });
  return (name) => join(directory, `${name}.cjs`);
};
