/** What the middle of some measurements is, and how far they lie apart. */
export interface Spread {
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** The spread of one number or more; of none, NaN throughout. */
export const spreadOf = (values: readonly number[]): Spread => {
  const sorted = values.toSorted((one, other) => one - other);
  return {
    median: quantile(sorted, 0.5),
    lowerQuartile: quantile(sorted, 0.25),
    upperQuartile: quantile(sorted, 0.75),
    minimum: quantile(sorted, 0),
    maximum: quantile(sorted, 1),
  };
};

/** The median of one number or more. */
export const medianOf = (values: readonly number[]): number => spreadOf(values).median;

/** The ratios of two measurements that were taken side by side, such as in the same round. */
export const pairedRatios = (values: readonly number[], to: readonly number[]): readonly number[] =>
  values.map((value, position) => value / (to[position] ?? Number.NaN));

/** Between two neighbours the quantile lies where a straight line between them passes it. */
const quantile = (sorted: readonly number[], share: number): number => {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
};

/** The list, begun at another place each time, so that nobody always comes first. */
export const rotated = <Member>(members: readonly Member[], by: number): readonly Member[] => {
  const start = by % members.length;
  return [...members.slice(start), ...members.slice(0, start)];
};
