/** A source of numbers from 0 (inclusive) to 1 (exclusive). */
export type Random = () => number;

/** A source that gives the same numbers for the same seed, so that every run has the same data (mulberry32). */
export const seededRandom = (seed: number): Random => {
  let state = seed; // advances with every number
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** A whole number between two others, both inclusive. */
export const wholeNumber = (random: Random, from: number, to: number): number =>
  from + Math.floor(random() * (to - from + 1));

/** One of several. */
export const oneOf = <Choice>(random: Random, choices: readonly [Choice, ...Choice[]]): Choice =>
  choices[wholeNumber(random, 0, choices.length - 1)] ?? choices[0];

/** As many as asked for, each made anew. */
export const times = <Made>(count: number, make: (position: number) => Made): Made[] =>
  Array.from({ length: count }, (_, position) => make(position));
