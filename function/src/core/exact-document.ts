import { fieldName } from './attribute-name.ts';
import type { AttributeValue, Item } from './attribute-value.ts';
import {
  encodeMemberName,
  LEFT_OUT,
  type MemberName,
  valueWriter,
  type Write,
  writeArray,
  writeNumber,
  writeNumberAsText,
  writeObject,
} from './json-values.ts';

/** Writes items as documents of profile `exact`, with the attributes that are wanted. */
export const exactDocumentWriter = (isWanted: (name: string) => boolean): Write<Item> => {
  const encodeTopLevelName = remember((name) =>
    isWanted(name) ? encodeMemberName(fieldName(name)) : LEFT_OUT,
  );
  return (writer, item) => writeObject(writer, item, encodeTopLevelName, writeValue);
};

// Where names are data, such as ids as keys of a map, they must not fill the memory.
const MOST_NAMES = 10_000;
const LONGEST_NAME_BYTES = 256;

/** Names recur from record to record, so what was encoded is remembered. */
const remember = (encode: (name: string) => MemberName): ((name: string) => MemberName) => {
  const encoded = new Map<string, MemberName>();
  return (name) => {
    const known = encoded.get(name);
    if (known !== undefined) return known;
    const encodedNow = encode(name);
    if (encoded.size === MOST_NAMES) encoded.clear();
    if (encodedNow.bytes.length <= LONGEST_NAME_BYTES) encoded.set(name, encodedNow);
    return encodedNow;
  };
};

const encodeNestedName = remember(encodeMemberName);

const map: Write<Item> = (writer, members) =>
  writeObject(writer, members, encodeNestedName, writeValue);

const list: Write<readonly AttributeValue[]> = (writer, members) =>
  writeArray(
    writer,
    members,
    Array.isArray(members) && isMixed(members) ? writeAsText : writeValue,
  );

const writeValue = valueWriter({ number: writeNumber, map, list });

// A member of a mixed list: OpenSearch maps a field to one type, and text is the type that holds them all.
const writeAsText: Write<AttributeValue> = (writer, value) => {
  switch (kindOf(value)) {
    case undefined: // null stays null
    case 'text':
      return writeValue(writer, value);
    case 'number':
      return writeNumberAsText(writer, value.N);
    default:
      return writeJsonText(writer, value);
  }
};

// Text within text doubles its escapes at every level: without a bound, half a kilobyte of mixed lists in mixed lists
// would become gigabytes, and so would a thousand of them that keep below it one by one: it is one bound for the whole
// document. An item of DynamoDB's, 400 KB at most, stays far below it in any sane form.
const LARGEST_WITH_TEXTS_BYTES = 4 * 1024 * 1024;

const writeJsonText: Write<AttributeValue> = (writer, value) => {
  const before = writer.length;
  if (!writeValue(writer, value) || writer.length > LARGEST_WITH_TEXTS_BYTES) return false;
  writer.string(writer.cut(before));
  return true;
};

/** Whether the members of a list that are not null are of more than one kind. */
const isMixed = (list: readonly AttributeValue[]): boolean => {
  let first: Kind | undefined; // the kind that all others are held against
  for (const value of list) {
    const kind = kindOf(value);
    if (kind === undefined) continue;
    if (first !== undefined && kind !== first) return true;
    first = kind;
  }
  return false;
};

type Kind = 'number' | 'text' | 'boolean' | 'map' | 'collection';

const kindOf = (value: AttributeValue | null): Kind | undefined => {
  if (value?.S !== undefined || value?.B !== undefined) return 'text';
  if (value?.N !== undefined) return 'number';
  if (value?.M !== undefined) return 'map';
  if (value?.BOOL !== undefined) return 'boolean';
  return value?.NULL === undefined ? 'collection' : undefined;
};
