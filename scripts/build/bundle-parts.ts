import type { Bundle, BundledFile } from './bundle.ts';

/** A part of the bundle: our own code, a dependency, or what joins them. */
export interface Part {
  readonly name: string;
  readonly bytes: number;
  /** How many of these bytes run only when they are asked for. */
  readonly onDemandBytes: number;
}

/** The parts of a bundle, which add up to it: our own code, the npm packages by size, the rest. */
export const partsOf = ({ code, files }: Bundle): readonly Part[] => {
  const { [ours]: own = [], ...packages } = Object.groupBy(files, packageOf);
  const dependencies = Object.entries(packages).map(([name, used = []]) => partOf(name, used));
  const restBytes = code.byteLength - sum(files);
  return [
    partOf(ours, own),
    ...dependencies.sort((one, other) => other.bytes - one.bytes),
    { name: 'what joins them', bytes: restBytes, onDemandBytes: 0 },
  ];
};

const ours = 'this project';

const partOf = (name: string, files: readonly BundledFile[]): Part => ({
  name,
  bytes: sum(files),
  onDemandBytes: sum(files.filter(({ isOnDemand }) => isOnDemand)),
});

const packageOf = ({ path }: BundledFile): string =>
  /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? ours;

const sum = (files: readonly BundledFile[]): number =>
  files.reduce((total, { bytes }) => total + bytes, 0);
