import type { Item } from '../../core/attribute-value.ts';
import { JsonWriter } from '../../core/json-writer.ts';
import { type AnotherLook, judgeLook, type Suspicion } from '../../core/suspicion.ts';
import { dynamoDBNow } from '../read-time.ts';
import { comparisonFor, holdDocuments } from './held-documents.ts';
import { digestOf, expectedText, readTableItems } from './table-items.ts';
import type { Difference, Verification } from './verification.ts';

/** What looking again has come to. */
export type Looked = {
  /** To be looked at once more. */
  readonly again: readonly Suspicion[];
  /** What is certain now, and of which suspicion. */
  readonly differences: ReadonlyMap<Difference, Suspicion>;
  /** How many change too often to be caught equal, and follow. */
  readonly changing: number;
};

/** Looks at items and documents anew, the items first, and judges the suspicions by what is there now. */
export const lookAgain = async (
  suspicions: readonly Suspicion[],
  verification: Pick<Verification, 'table' | 'tools'>,
): Promise<Looked> => {
  const { table } = verification;
  const again: Suspicion[] = [];
  const differences = new Map<Difference, Suspicion>();
  let changing = 0;
  for (const [suspicion, look] of await looksAt(suspicions, verification)) {
    const { id, key } = suspicion;
    const verdict = look === undefined ? UNWRITABLE : judgeLook(suspicion, look);
    switch (verdict.kind) {
      case 'equal':
        break;
      case 'again':
        again.push(verdict.suspicion);
        break;
      case 'difference':
        differences.set(
          { kind: verdict.difference, table, id, key, field: verdict.field },
          suspicion,
        );
        break;
      case 'changing':
        changing++;
    }
  }
  return { again, differences, changing };
};

const UNWRITABLE = { kind: 'difference', difference: 'unwritable', field: undefined } as const;

/** A look at each; undefined where the item makes no document any more. */
const looksAt = async (
  suspicions: readonly Suspicion[],
  { table, tools }: Pick<Verification, 'table' | 'tools'>,
): Promise<readonly (readonly [Suspicion, AnotherLook | undefined])[]> => {
  const keys = suspicions.flatMap(({ key }): readonly Item[] => (key === undefined ? [] : [key]));
  const { items, readTime } = await readTableItems(table, keys, tools);
  const writer = new JsonWriter();
  const texts = suspicions.map(({ id }) => expectedText(items.get(id), table, writer));
  const expected = suspicions.map(({ id }, at) => ({ id, text: texts[at] ?? undefined }));
  const held = await holdDocuments(table, expected, tools);
  const now = dynamoDBNow(readTime) * 1000;
  const comparison = comparisonFor(table);
  return suspicions.map((suspicion, at) => {
    const document = held[at];
    const text = texts[at];
    if (document === undefined || text === null) return [suspicion, undefined];
    return [suspicion, { expected: digestOf(text), text, held: document, comparison, now }];
  });
};
