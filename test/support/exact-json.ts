/** A number by its digits, where a binary float would round them. */
export type ExactNumber = { readonly digits: string };

type Reviver = (
  this: unknown,
  key: string,
  value: unknown,
  context: { source?: string },
) => unknown;

/**
 * Parses JSON and keeps every digit: a number that a float would print otherwise becomes an
 * {@link ExactNumber}, so that equal decimals compare equal and others do not.
 */
export const parseExactly = (text: string): unknown => {
  const revive: Reviver = (_key, value, { source = '' }) =>
    typeof value === 'number' ? exactNumber(value, source) : value;
  return JSON.parse(text, revive as Parameters<typeof JSON.parse>[1]);
};

const exactNumber = (value: number, source: string): number | ExactNumber => {
  const digits = withoutExponent(source);
  return withoutExponent(String(value)) === digits ? value : { digits };
};

/** A decimal without exponent and superfluous zeros, by BigInt: slow, simple, and not the function's own code. */
const withoutExponent = (source: string): string => {
  const [mantissa = '', exponent = '0'] = source.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  if (scale <= 0) return String(digits * 10n ** BigInt(-scale));
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  const sign = source.startsWith('-') && digits !== 0n ? '-' : '';
  return `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`.replace(/\.?0+$/, '');
};
