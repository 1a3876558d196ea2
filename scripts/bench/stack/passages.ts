import type { Item } from '../../../function/src/core/attribute-value.ts';

/** The moments of one change on its way into the index, in monotonic milliseconds; undefined until they are there. */
export interface Passage {
  /** PutItem was called. */
  readonly put: number;
  /** PutItem was answered. */
  acknowledged?: number;
  /** The function was first invoked with it. */
  delivered?: number;
  /** That invocation, or a later one, settled it. */
  settled?: number;
  /** A search found it. */
  found?: number;
}

/** Changes that are told apart by a marker, and followed. */
export type Passages = Map<string, Passage>;

/** Attribute by which a change is found again. */
export const MARKER = 'marker';

/** The item with a marker. */
export const marked = (item: Item, marker: string): Item => ({ ...item, [MARKER]: { S: marker } });

/** The markers in an event, given as JSON text. */
export const markersIn = (event: string): readonly string[] =>
  [...event.matchAll(/"marker":\{"S":"([^"]+)"\}/g)].map(([, marker = '']) => marker);

/** Notes a moment of these changes, unless it has passed before. */
export const note = (
  passages: Passages,
  markers: readonly string[],
  moment: Exclude<keyof Passage, 'put'>,
): void => {
  const now = performance.now();
  for (const marker of markers) {
    const passage = passages.get(marker);
    if (passage !== undefined) passage[moment] ??= now;
  }
};
