/** What a description says: of the whole, and of single fields in its list. */
export type Description = {
  readonly whole: string;
  /** Sentences by field, from lines that read "- `field`: sentence". */
  readonly fields: ReadonlyMap<string, string>;
};

/** Reads the description of a variable or an output. */
export const readDescription = (text: string): Description => {
  const items = [...text.matchAll(/^- `([\w.]+)`: (.*)$/gm)];
  return {
    whole: text
      .replace(/^- .*$/gm, '')
      .replace(/\s+/g, ' ')
      .trim(),
    fields: new Map(items.map(([, field = '', sentence = '']) => [field, sentence])),
  };
};
