import { grouped } from '../terminal/figures.ts';

/** Reads the number of an option: above 0, up to a limit if there is one. Throws one sentence for anything else. */
export const positiveNumber =
  ({ upTo }: { readonly upTo?: number } = {}) =>
  (text: string): number => {
    const number = numberIn(text);
    if (number > 0 && number <= (upTo ?? Number.MAX_VALUE)) return number;
    throw new Error(
      `must be a number above 0${upTo === undefined ? '' : `, up to ${grouped(upTo)}`}`,
    );
  };

/** Reads the whole number of an option: from 1 up to a limit. Throws one sentence for anything else. */
export const wholeNumber =
  ({ upTo }: { readonly upTo: number }) =>
  (text: string): number => {
    const number = numberIn(text);
    if (Number.isInteger(number) && number >= 1 && number <= upTo) return number;
    throw new Error(`must be a whole number from 1 to ${grouped(upTo)}`);
  };

const numberIn = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
