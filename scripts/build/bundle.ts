import { basename } from 'node:path';
import { type BuildOptions, type BuildResult, build, type Metafile, type Plugin } from 'esbuild';
import type { Cut } from './cut.ts';

/** What to bundle: an entry file, relative to the root directory. */
export interface BundleSource {
  readonly rootDirectory: string;
  readonly entry: string;
  readonly cuts: readonly Cut[];
  /** The oldest Node.js that runs it. */
  readonly target: 'node20' | 'node22';
}

/** One minified CommonJS file and what went into it; paths are relative to the root directory. */
export interface Bundle {
  readonly code: Uint8Array;
  readonly files: readonly BundledFile[];
  /** The names of the cuts that were made. */
  readonly cutsMade: ReadonlySet<string>;
}

/** A source file with its share of the bundle. */
export interface BundledFile {
  readonly path: string;
  readonly bytes: number;
  /** Whether it runs only once an `import()` asks for it, instead of when the bundle is loaded. */
  readonly isOnDemand: boolean;
  /** What it loads from outside of the bundle. */
  readonly externalModules: readonly string[];
}

/**
 * Bundles in two passes. Where anything is loaded on demand, esbuild alone wraps each module that
 * this reaches and keeps the parts of it that nobody uses. So the first pass splits into ES chunks,
 * each of them one scope with unused parts dropped, and only these few are joined and wrapped.
 */
export const bundle = async (source: BundleSource): Promise<Bundle> => {
  const cutsMade = new Set<string>();
  const chunks = await splitIntoChunks(source, cutsMade);
  const entryChunk = basename(source.entry).replace(/\.ts$/, '.js');
  const joined = await joinChunks(chunks, entryChunk, source.target);
  const code = joined.outputFiles[0]?.contents ?? new Uint8Array();
  return { code, files: bundledFiles(chunks.metafile, joined.metafile, entryChunk), cutsMade };
};

const splitIntoChunks = (source: BundleSource, cutsMade: Set<string>): Promise<Output> =>
  run({
    ...common,
    target: source.target,
    absWorkingDir: source.rootDirectory,
    entryPoints: [source.entry],
    outdir: source.rootDirectory,
    format: 'esm',
    splitting: true,
    // ES modules where a package has them: CommonJS cannot be taken apart, and doubles the bundle.
    mainFields: ['module', 'main'],
    logOverride: { 'indirect-require': 'error', 'unsupported-require-call': 'error' },
    plugins: [cutting(source.cuts, cutsMade)],
  });

const joinChunks = (
  { outputFiles }: Output,
  entryChunk: string,
  target: BundleSource['target'],
): Promise<Output> =>
  run({
    ...common,
    target,
    entryPoints: [entryChunk],
    format: 'cjs',
    // Node.js prints the line that an uncaught error comes from, which would be up to 100 KB.
    lineLimit: 500,
    // `import('node:http')` loads all of undici with it, a require does not: 15 ms of a first request.
    supported: { 'dynamic-import': false },
    plugins: [serving(outputFiles)],
  });

const common = {
  bundle: true,
  logLevel: 'silent',
  metafile: true,
  minify: true,
  platform: 'node',
  write: false,
} as const satisfies BuildOptions;

type Output = BuildResult<typeof common>;

const run = async (options: BuildOptions & typeof common): Promise<Output> => {
  try {
    return await build(options);
  } catch (error) {
    throw new Error(firstFailure(error), { cause: error });
  }
};

// Below the heading "Build failed with 2 errors:" stands a line an error.
const firstFailure = (error: unknown): string => {
  const [heading, first] = String(error).split('\n');
  return first ?? heading ?? '';
};

const cutting = (cuts: readonly Cut[], made: Set<string>): Plugin => ({
  name: 'cuts',
  setup({ onLoad }) {
    for (const cut of cuts)
      onLoad({ filter: cut.files }, ({ path }) => {
        made.add(cut.name);
        return { contents: cut.contents(path), loader: path.endsWith('.json') ? 'json' : 'js' };
      });
  },
});

// The chunks stay in memory: their names are all that the second pass needs to find them.
const serving = (chunks: Output['outputFiles']): Plugin => ({
  name: 'chunks',
  setup({ onLoad, onResolve }) {
    const texts = new Map(chunks.map(({ path, text }) => [basename(path), text]));
    onResolve({ filter: /\.js$/ }, ({ path }) =>
      texts.has(basename(path)) ? { path: basename(path), namespace: 'chunk' } : undefined,
    );
    onLoad({ filter: /^/, namespace: 'chunk' }, ({ path }) => ({
      contents: texts.get(path) ?? '',
    }));
  },
});

const bundledFiles = (chunks: Metafile, joined: Metafile, entryChunk: string): BundledFile[] => {
  const loaded = loadedChunks(chunks, entryChunk);
  const joinedChunks = Object.keys(joined.inputs).map((name) => name.replace('chunk:', ''));
  return joinedChunks.flatMap((name) => {
    const { inputs = {}, imports = [] } = chunks.outputs[name] ?? {};
    const external = new Set(imports.filter((to) => to.external).map(({ path }) => path));
    return Object.entries(inputs).map(([path, { bytesInOutput }]) => {
      const modules = chunks.inputs[path]?.imports.map((to) => to.path) ?? [];
      const externalModules = modules.filter((module) => external.has(module));
      return { path, bytes: bytesInOutput, isOnDemand: !loaded.has(name), externalModules };
    });
  });
};

// What runs when the bundle is loaded: the chunk of the entry, and what such chunks import.
const loadedChunks = ({ outputs }: Metafile, entryChunk: string): ReadonlySet<string> => {
  const loaded = new Set([entryChunk]);
  for (const name of loaded)
    for (const { kind, path } of outputs[name]?.imports ?? [])
      if (kind === 'import-statement') loaded.add(path);
  return loaded;
};
