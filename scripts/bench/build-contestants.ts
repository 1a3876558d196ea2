import { join } from 'node:path';
import { build } from 'esbuild';

/** What runs in processes of its own: those who compete, and two that are measured alone. */
const programs = ['floor', 'simple-handler', 'bulk-helper', 'function', 'load', 'memory'] as const;

/** One of these programs. */
export type Program = (typeof programs)[number];

/** Paths of the programs, by name. */
export type Programs = Readonly<Record<Program, string>>;

/** Bundles every program as the function is bundled, so that none carries a compiler or a module search into what is measured. */
export const buildPrograms = async (directory: string): Promise<Programs> => {
  await build({
    entryPoints: programs.map((name) => join(import.meta.dirname, 'contestants', `${name}.ts`)),
    outdir: directory,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    logLevel: 'warning',
    platform: 'node',
    target: 'node22',
  });
  const pathOf = (name: Program): string => join(directory, `${name}.cjs`);
  return {
    floor: pathOf('floor'),
    'simple-handler': pathOf('simple-handler'),
    'bulk-helper': pathOf('bulk-helper'),
    function: pathOf('function'),
    load: pathOf('load'),
    memory: pathOf('memory'),
  };
};
