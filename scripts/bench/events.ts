import type { Item } from '../../function/src/core/attribute-value.ts';
import { itemKey, newItem } from './item.ts';
import { type Random, seededRandom, wholeNumber } from './random.ts';
import type { Scenario } from './scenario.ts';

/** The events of one table, each as JSON text, in the order in which they must be handled. */
export interface Events {
  readonly next: () => string;
  /** How many documents there are once every event so far has been handled. */
  readonly documents: () => number;
}

/** How many items a table has at most. Events walk through them again and again: all but the first pass are updates. */
export const POPULATION = 10_000;
const SHARE_OF_DELETES = 0.2;

/**
 * Events of a scenario: a fifth of the records are deletes, and no two of an event are of one key. The
 * first was created in `firstSecond`, each further one a second later.
 */
export const eventsOf = (scenario: Scenario, firstSecond: number): Events => {
  const random = seededRandom(scenario.records);
  const numbers = shuffled(POPULATION, random);
  const present = new Set<number>();
  let sent = 0; // events so far

  const next = (): string => {
    const createdAtSeconds = firstSecond + sent; // and so the versions of a key rise
    const start = (sent * scenario.records) % POPULATION;
    const records = numbers.slice(start, start + scenario.records).map((number) => {
      const change = changeOf(number, scenario, present, random);
      return recordOf(change, scenario.table, { createdAtSeconds, random });
    });
    sent += 1;
    return JSON.stringify({ Records: records });
  };

  return { next, documents: () => present.size };
};

type Change = { readonly eventName: string; readonly keys: Item; readonly image?: Item };

const changeOf = (
  number: number,
  { size }: Scenario,
  present: Set<number>,
  random: Random,
): Change => {
  const keys = itemKey(number);
  const wasPresent = present.has(number);
  if (random() < SHARE_OF_DELETES) {
    present.delete(number);
    return { eventName: 'REMOVE', keys };
  }
  present.add(number);
  return {
    eventName: wasPresent ? 'MODIFY' : 'INSERT',
    keys,
    image: newItem(random, number, size),
  };
};

/** A record as Lambda delivers it from a stream of view type NEW_IMAGE. */
const recordOf = (
  { eventName, keys, image }: Change,
  table: string,
  { createdAtSeconds, random }: { readonly createdAtSeconds: number; readonly random: Random },
): unknown => ({
  eventID: hexadecimal(random, 32),
  eventName,
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: 'eu-west-1',
  dynamodb: {
    ApproximateCreationDateTime: createdAtSeconds,
    Keys: keys,
    ...(image && { NewImage: image }),
    SequenceNumber: `${wholeNumber(random, 100_000_000_000, 999_999_999_999)}0000000000000`,
    SizeBytes: sizeBytesOf(keys) + (image ? sizeBytesOf(image) : 0),
    StreamViewType: 'NEW_IMAGE',
  },
  eventSourceARN: `arn:aws:dynamodb:eu-west-1:123456789012:table/${table}/stream/2025-01-01T00:00:00.000`,
});

/** Names and values, without the types and the punctuation of JSON: nearly as DynamoDB counts. */
const sizeBytesOf = (item: Item): number =>
  Buffer.byteLength(
    JSON.stringify(item).replaceAll(/[{}[\]":,]|"(?:[SNBLM]|[SNB]S|BOOL|NULL)"/g, ''),
  );

const hexadecimal = (random: Random, digits: number): string =>
  Array.from({ length: digits }, () => wholeNumber(random, 0, 15).toString(16)).join('');

/** The numbers from 0 in random order (Fisher-Yates). */
const shuffled = (length: number, random: Random): readonly number[] => {
  const numbers = Array.from({ length }, (_, number) => number);
  for (let last = length - 1; last > 0; last--) {
    const other = wholeNumber(random, 0, last);
    [numbers[last], numbers[other]] = [numbers[other] ?? 0, numbers[last] ?? 0];
  }
  return numbers;
};
