import { itemKey, newItem } from './item.ts';
import { type Random, seededRandom, wholeNumber } from './random.ts';
import { type Change, recordOf } from './record.ts';
import type { Scenario } from './scenario.ts';

/** The events of one table, each as JSON text, in the order in which they must be handled. */
export interface Events {
  readonly next: () => string;
  /** How many documents there are once every event so far has been handled. */
  readonly documents: () => number;
}

/** How many items a table has at most. Events walk through them again and again: all but the first pass are updates. */
export const POPULATION = 10_000;
const POPULATION_OF_HUGE = 1000; // of which 10,000 would be a hundred megabytes an index

/** How many items of a size a table has, of whole events. */
export const populationOf = ({ records, size }: Pick<Scenario, 'records' | 'size'>): number => {
  const most = size === 'huge' ? POPULATION_OF_HUGE : POPULATION;
  return most - (most % records);
};

/**
 * Events of a scenario, in which no two records of an event are of one key. The first was created in
 * `firstSecond`, each further one a second later.
 */
export const eventsOf = (scenario: Scenario, firstSecond: number): Events => {
  const random = seededRandom(scenario.records);
  const population = populationOf(scenario);
  const numbers = shuffled(population, random);
  const present = new Set<number>();
  let sent = 0; // events so far

  const next = (): string => {
    const createdAtSeconds = firstSecond + sent; // and so the versions of a key rise
    const start = (sent * scenario.records) % population;
    const records = numbers.slice(start, start + scenario.records).map((number) => {
      const change = changeOf(number, scenario, present, random);
      return recordOf(change, scenario.table, {
        createdAtSeconds,
        eventId: hexadecimal(random, 32),
        sequenceNumber: sequenceNumber(random),
      });
    });
    sent += 1;
    return JSON.stringify({ Records: records });
  };

  return { next, documents: () => present.size };
};

const changeOf = (
  number: number,
  { size, shareOfDeletes }: Scenario,
  present: Set<number>,
  random: Random,
): Change => {
  const keys = itemKey(number);
  const wasPresent = present.has(number);
  if (random() < shareOfDeletes) {
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

const sequenceNumber = (random: Random): string =>
  `${wholeNumber(random, 100_000_000_000, 999_999_999_999)}0000000000000`;

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
