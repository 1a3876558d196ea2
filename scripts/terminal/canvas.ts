import type { Style } from './style.ts';

/** Where lines are shown, and how they look. */
export type Canvas = { readonly columns: number; readonly style: Style };

/** Longer lines are hard to read. */
export const WIDEST_COLUMNS = 110;
