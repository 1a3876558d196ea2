import { type Block, expression } from './hcl.ts';

/** What a description says: of the whole, and of single fields in its list. */
export type Description = {
  readonly whole: string;
  /** Sentences by field, from lines that read "- `field`: sentence". */
  readonly fields: ReadonlyMap<string, string>;
};

/** The description of a variable or an output; empty where it has none. */
export const descriptionOf = ({ body }: Block): Description => {
  const text = expression(body['description'] ?? '');
  const items = [...text.matchAll(/^- `([\w.]+)`: (.*)$/gm)];
  return {
    whole: text
      .replace(/^- .*$/gm, '')
      .replace(/\s+/g, ' ')
      .trim(),
    fields: new Map(items.map(([, field = '', sentence = '']) => [field, sentence])),
  };
};
