/**
 * A moment by two clocks of this machine. The monotonic one stands still while the machine sleeps; the
 * other goes on, but may be wrong, or be set: it serves for differences alone.
 */
export type Moment = {
  /** Milliseconds of `performance.now()`. */
  readonly monotonic: number;
  /** Milliseconds of `Date.now()`. */
  readonly wall: number;
};

/** This moment. */
export const momentNow = (): Moment => ({ monotonic: performance.now(), wall: Date.now() });

/** How long ago a moment was, in milliseconds: the more, where the clocks disagree. */
export const millisecondsSince = ({ monotonic, wall }: Moment): number =>
  Math.max(performance.now() - monotonic, Date.now() - wall);
