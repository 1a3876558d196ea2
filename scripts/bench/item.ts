import type { AttributeValue, Item } from '../../function/src/core/attribute-value.ts';
import { oneOf, type Random, times, wholeNumber } from './random.ts';

/** How large the documents are. */
export type ItemSize = 'small' | 'medium' | 'large' | 'huge';

/** About how many kilobytes of JSON that is. */
export const KILOBYTES: Readonly<Record<ItemSize, number>> = {
  small: 0.4,
  medium: 1,
  large: 2.5,
  huge: 10,
};

/** The key of the tables; partition key first. */
export const KEYS = [
  { name: 'customer', type: 'S' },
  { name: 'order', type: 'N' },
] as const;

/** The key of the item with that number. */
export const itemKey = (number: number): Item => ({
  customer: text(`customer-${String(number % 5000).padStart(5, '0')}`),
  order: count(1_000_000 + number),
});

/** An order as a shop would keep it: texts, decimals, booleans, nested maps, lists of maps, sets. */
export const newItem = (random: Random, number: number, size: ItemSize): Item => ({
  ...itemKey(number),
  status: text(oneOf(random, STATUSES)),
  placed_at: text(moment(random)),
  paid: { BOOL: random() < 0.8 },
  total: price(random),
  tags: { SS: [oneOf(random, WORDS), `season-${wholeNumber(random, 1, 9)}`] },
  address: address(random),
  delivery: map({
    carrier: text(oneOf(random, CARRIERS)),
    cost: price(random),
    tracked: { BOOL: true },
  }),
  lines: { L: times(LINES[size], () => orderLine(random)) },
  ...(hasDetails(size) && details(random)),
});

// Of which an item is made larger: a larger order has more lines.
const LINES: Readonly<Record<ItemSize, number>> = { small: 1, medium: 10, large: 11, huge: 116 };

const hasDetails = (size: ItemSize): boolean => size === 'large' || size === 'huge';

const details = (random: Random): Item => ({
  email: text(`${oneOf(random, WORDS)}.${wholeNumber(random, 1, 9999)}@example.com`),
  note: text(sentence(random, 70)),
  gift_message: random() < 0.7 ? { NULL: true } : text(sentence(random, 8)),
  discounts: { L: [price(random), price(random)] },
  ratings: { NS: ['1', '3.5', String(wholeNumber(random, 40, 50) / 10)] },
  history: { L: times(8, () => transition(random)) },
  location: map({ latitude: coordinate(random), longitude: coordinate(random) }),
  parcel: map({
    weight_kilograms: price(random),
    size: map({ width: count(40), height: count(25), depth: count(wholeNumber(random, 5, 60)) }),
    insured: { BOOL: random() < 0.1 },
  }),
});

const orderLine = (random: Random): AttributeValue =>
  map({
    sku: text(`sku-${wholeNumber(random, 10_000, 99_999)}`),
    name: text(`${oneOf(random, WORDS)} ${oneOf(random, WORDS)}`),
    quantity: count(wholeNumber(random, 1, 12)),
    price: price(random),
  });

const transition = (random: Random): AttributeValue =>
  map({
    at: text(moment(random)),
    status: text(oneOf(random, STATUSES)),
    by: text(`clerk-${wholeNumber(random, 1, 300)}`),
  });

const address = (random: Random): AttributeValue =>
  map({
    street: text(`${wholeNumber(random, 1, 250)} ${oneOf(random, STREETS)}`),
    city: text(oneOf(random, CITIES)),
    postcode: text(String(wholeNumber(random, 10_000, 99_999))),
  });

const sentence = (random: Random, words: number): string =>
  times(words, () => oneOf(random, WORDS)).join(' ');

const moment = (random: Random): string =>
  new Date(1_700_000_000_000 + wholeNumber(random, 0, 50_000_000) * 1000).toISOString();

const text = (value: string): AttributeValue => ({ S: value });
const count = (value: number): AttributeValue => ({ N: String(value) });
const map = (members: Item): AttributeValue => ({ M: members });

const price = (random: Random): AttributeValue => count(wholeNumber(random, 100, 250_000) / 100);
const coordinate = (random: Random): AttributeValue =>
  count(wholeNumber(random, -9_000_000, 9_000_000) / 100_000);

const STATUSES = ['placed', 'packed', 'shipped', 'delivered', 'returned'] as const;
const CARRIERS = ['Parcel & Sons', 'Nordpost', 'La Flèche'] as const;
const STREETS = [
  'High Street',
  'Rue de l’Église',
  'Hauptstraße',
  'Calle Mayor',
  'Station Road',
] as const;
const CITIES = ['Berlin', 'São Paulo', 'Zürich', 'London', 'Łódź', 'Boston', 'Kyoto'] as const;
const WORDS = [
  ...['amber', 'basket', 'copper', 'delta', 'ember', 'fabric', 'granite', 'harbour', 'indigo'],
  ...['jacket', 'kettle', 'lantern', 'marble', 'needle', 'olive', 'paper', 'quartz', 'ribbon'],
  ...['saddle', 'timber', 'umbrella', 'velvet', 'willow', 'yarn', 'zinc', 'crème', '12" blade'],
] as const;
