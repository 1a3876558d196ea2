import type { IdBalance } from '../../core/id-balance.ts';
import { addTo } from '../add-counts.ts';
import type { DocumentReading } from './document-pages.ts';
import { readPart } from './read-part.ts';
import type { VerifyTools } from './verification.ts';

/** What the documents of a part have come to. */
export type Weight = {
  /** Their ids, on the side of the documents. */
  readonly balance: IdBalance;
  documents: number;
  /** Documents with a field that OpenSearch ignored as malformed, by the field's name. */
  readonly ignored: Map<string, number>;
};

/** Adds the documents of a part of the index to a weight, from a position on. */
export const weighDocuments = async (
  reading: DocumentReading,
  weight: Weight,
  tools: VerifyTools,
): Promise<void> => {
  const { counts } = tools;
  await readPart(reading, tools, {
    onPage: (page) => {
      weight.documents += page.length;
      counts.documents += page.length; // at once, for whoever watches
      for (const { _id: id, _ignored: fields = [] } of page) {
        weight.balance.add(id, -1);
        for (const field of fields) addTo(weight.ignored, field, 1);
      }
    },
    onLoss: () => {
      counts.documents -= weight.documents;
      weight.documents = 0;
      weight.balance.clear();
      weight.ignored.clear();
    },
  });
};
