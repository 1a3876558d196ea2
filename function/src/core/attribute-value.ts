/** A value as DynamoDB Streams writes it in a Lambda event: numbers as decimal text, binary as base64 text. */
export type AttributeValue = {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string;
  readonly BOOL?: boolean;
  readonly NULL?: boolean;
  readonly SS?: readonly string[];
  readonly NS?: readonly string[];
  readonly BS?: readonly string[];
  readonly M?: Item;
  readonly L?: readonly AttributeValue[];
};

/** The attributes of an item, by name; names are data, so look one up with {@link attribute}. */
export type Item = { readonly [name: string]: AttributeValue };

/** The item's own attribute of that name: `constructor` and `__proto__` are names like any other. */
export const attribute = (item: Item, name: string): AttributeValue | undefined =>
  Object.hasOwn(item, name) ? item[name] : undefined;
