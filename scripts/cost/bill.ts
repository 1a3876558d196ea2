import type { Price } from './prices.ts';

/** One line of a month's bill. */
export interface Charge {
  readonly what: string;
  readonly quantity: number;
  readonly price: Price;
}

/** Charges that belong together. */
export interface Section {
  readonly title: string;
  readonly charges: readonly Charge[];
}

/** A month's bill. */
export type Bill = readonly Section[];

/** What a charge comes to, in dollars a month. */
export const dollarsOf = ({ quantity, price }: Charge): number => quantity * price.dollars;

/** What a bill comes to, in dollars a month. */
export const totalOf = (bill: Bill): number =>
  bill.flatMap(({ charges }) => charges).reduce((sum, charge) => sum + dollarsOf(charge), 0);
