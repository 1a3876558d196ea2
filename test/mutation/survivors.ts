/** A mutant that no test can kill, because it does what the original does, or nothing that matters. */
export type Survivor = {
  /** In function/src/core. */
  readonly file: string;
  /** The lines that the mutation changes, as they are after it, in one line. */
  readonly mutant: string;
  readonly why: string;
};

/** All mutants that may survive. One that dies after all is to be taken out. */
export const survivors: readonly Survivor[] = [
  {
    file: 'where.ts',
    mutant: 'if (false || !allowed.has(text)) return false;',
    why: 'no set of texts has undefined; the compiler wants to be told',
  },
  {
    file: 'account.ts',
    mutant:
      'const lowest = unsettled.reduce((low, next) => (next.number <= low.number ? next : low));',
    why: 'of two records with one number it does not matter which names it',
  },
  {
    file: 'account.ts',
    mutant: 'numbers[settlement.positions.at(at) ?? +1] ?? BEFORE_ALL.number;',
    why: 'a settlement has a position',
  },
  {
    file: 'account.ts',
    mutant: '(low, next) => (low === undefined || next <= low ? next : low),',
    why: 'of two equal numbers it does not matter which is the lowest',
  },
  {
    file: 'account.ts',
    mutant: "const BEFORE_ALL: SequenceNumber = { text: '', number: +1n };",
    why: 'it is below every number that DynamoDB gives, of 21 digits, all the same',
  },
  {
    file: 'document-id.ts',
    mutant: "true ? text.replace(/[\\\\|]/g, '\\\\$&') : text;",
    why: 'there is nothing to be replaced; to look first is faster',
  },
  {
    file: 'document-id.ts',
    mutant:
      "text.includes(\"\") || text.includes('\\\\') ? text.replace(/[\\\\|]/g, '\\\\$&') : text;",
    why: 'the same',
  },
  {
    file: 'document-id.ts',
    mutant:
      "text.includes('|') || text.includes(\"\") ? text.replace(/[\\\\|]/g, '\\\\$&') : text;",
    why: 'the same',
  },
  {
    file: 'document-id.ts',
    mutant: 'true && Buffer.byteLength(id) > LONGEST_ID_BYTES;',
    why: 'the second condition decides; the first is faster',
  },
  {
    file: 'document-id.ts',
    mutant: 'id.length * 3 >= LONGEST_ID_BYTES && Buffer.byteLength(id) > LONGEST_ID_BYTES;',
    why: 'the same',
  },
  {
    file: 'attribute-name.ts',
    mutant: "METADATA.has(name.replace(/_+/, '_')) ? `_${name}` : name;",
    why: 'every name of metadata begins with an underscore',
  },
  {
    file: 'json-value.ts',
    mutant: '} catch {}',
    why: 'what returns nothing returns undefined',
  },
  {
    file: 'change.ts',
    mutant: 'const image = record.dynamodb.NewImage ?? undefined;',
    why: 'without `dynamodb` there is no creation time, and the record is malformed before this',
  },
];
