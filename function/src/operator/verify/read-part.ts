import {
  type DocumentHit,
  type DocumentReading,
  firstPosition,
  pagesOfDocuments,
} from './document-pages.ts';
import type { IndexReading } from './index-parts.ts';
import { isLost } from './point-in-time.ts';

/** What is done with the documents of a part. */
export type PartReader = {
  readonly onPage: (page: readonly DocumentHit[]) => Promise<void> | void;
  /** All pages will come anew. */
  readonly onLoss: () => void;
};

const MOST_LOSSES = 10;

/** Reads a part of the index from a position on; where its point in time is lost on the way, from the beginning once more. */
export const readPart = async (
  reading: DocumentReading,
  tools: IndexReading,
  { onPage, onLoss }: PartReader,
): Promise<void> => {
  const { position } = reading;
  for (;;) {
    try {
      for await (const page of pagesOfDocuments(reading, tools)) await onPage(page);
      return;
    } catch (error) {
      if (!isLost(error) || position.losses === MOST_LOSSES) throw error;
      Object.assign(position, firstPosition(), { losses: position.losses + 1 });
      onLoss();
    }
  }
};
