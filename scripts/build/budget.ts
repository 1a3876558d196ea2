import type { Bundle } from './bundle.ts';

/** How many bytes index.js may have. */
export type Budget = {
  /** What runs as soon as Lambda loads it, before the first event: all that the stream function cannot do without. */
  readonly atOnceBytes: number;
  /** With what is loaded on demand only, such as the operator commands: Lambda reads it, and V8 skims over it. */
  readonly allBytes: number;
};

/** The budget of the repository's function. */
export const budget: Budget = { atOnceBytes: 280_000, allBytes: 650_000 };

/** How many bytes of a bundle run at once, and how many it has. */
export const sizeOf = ({ code, files }: Pick<Bundle, 'code' | 'files'>): Budget => {
  const onDemand = files.filter(({ isOnDemand }) => isOnDemand);
  const onDemandBytes = onDemand.reduce((total, { bytes }) => total + bytes, 0);
  return { atOnceBytes: code.byteLength - onDemandBytes, allBytes: code.byteLength };
};

/** Throws if index.js is larger than its budget. */
export const assertWithinBudget = (size: Budget, allowed: Budget): void => {
  refuseExcess('', size.allBytes - allowed.allBytes);
  refuseExcess(' that run at once', size.atOnceBytes - allowed.atOnceBytes);
};

const refuseExcess = (which: string, bytes: number): void => {
  if (bytes > 0)
    throw new Error(
      `index.js has ${bytes} bytes${which} more than its budget: see above which dependency grew.`,
    );
};
