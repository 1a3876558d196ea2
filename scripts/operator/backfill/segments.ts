/** How many segments are worked on at once, usually and at most. */
export const USUAL_WORKERS = 4;
export const MOST_WORKERS = 64;
