/** How fast something grows. */
export type Speed = (amount: number) => number;

const WINDOW_MILLISECONDS = 20_000;
const EVERY_MILLISECONDS = 1000;

/** A second's growth, over the last while, of an amount that is told again and again. */
export const speedMeter = (windowMilliseconds = WINDOW_MILLISECONDS): Speed => {
  const samples: { readonly at: number; readonly amount: number }[] = [];
  return (amount) => {
    const at = performance.now();
    const last = samples.at(-1);
    if (last === undefined || at - last.at >= EVERY_MILLISECONDS) samples.push({ at, amount });
    while (samples.length > 1 && at - (samples[0]?.at ?? at) > windowMilliseconds) samples.shift();
    const [first = { at, amount }] = samples;
    const milliseconds = Math.max(at - first.at, EVERY_MILLISECONDS); // a first moment exaggerates
    return Math.round(((amount - first.amount) / milliseconds) * 1000);
  };
};
