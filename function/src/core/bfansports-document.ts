import { bfansportsFieldName } from './attribute-name.ts';
import type { AttributeValue, Item } from './attribute-value.ts';
import {
  encodeMemberName,
  LEFT_OUT,
  valueWriter,
  type Write,
  writeArray,
  writeNumber,
  writeObject,
  writeText,
} from './json-values.ts';

/**
 * Writes items as the original dynamodb-to-elasticsearch did: reserved names are renamed at every
 * depth, and numbers that lie directly in a list stay text, exactly as they were. Where the original
 * lost data (binary, digits of decimals, colliding names, sets of binary) nothing is lost.
 */
export const bfansportsDocumentWriter =
  (isWanted: (name: string) => boolean): Write<Item> =>
  (writer, item) =>
    writeObject(
      writer,
      item,
      (name) => (isWanted(name) ? encodeAmong(item)(name) : LEFT_OUT),
      writeValue,
    );

const encodeAmong = (siblings: Item) => (name: string) =>
  encodeMemberName(bfansportsFieldName(siblings, name));

const map: Write<Item> = (writer, members) =>
  writeObject(writer, members, encodeAmong(members), writeValue);

const list: Write<readonly AttributeValue[]> = (writer, members) =>
  writeArray(writer, members, writeListMember);

const writeValue = valueWriter({ number: writeNumber, map, list });

const writeListMember = valueWriter({ number: writeText, map, list });
