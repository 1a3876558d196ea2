import type { Write } from './bulk-body.ts';

/** The documents of the modelled index: the latest record of each, at its version, by id. */
export interface IndexContents {
  readonly documents: ReadonlyMap<string, Write>;
  /** Writes as `external_gte` does; says whether it was new, or there already. */
  apply(write: Write): 'new' | 'repeated';
}

/** An empty index. */
export const createIndexContents = (): IndexContents => {
  const documents = new Map<string, Write>();
  return {
    documents,
    apply: (write) => {
      const held = documents.get(write.id);
      if (held !== undefined && write.version < held.version) return 'repeated';
      documents.set(write.id, write);
      return held?.record === write.record ? 'repeated' : 'new';
    },
  };
};
