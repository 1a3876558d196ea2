const CANONICAL = /^(?:0|-?(?:[1-9]\d*|(?:0|[1-9]\d*)\.\d*[1-9]))$/;
const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

// DynamoDB ends at 1E-130 and 9.9…E+125; beyond twice that a text is no number of DynamoDB's, and expanding it would cost memory.
const LARGEST_EXPONENT = 300;

/**
 * A DynamoDB number as plain decimal text: no exponent, no leading `+`, no superfluous zeros, `0` for
 * every zero. Undefined when the text is not a number that DynamoDB can hold.
 *
 * @example plainDecimal('8.6067E+5') // '860670'
 */
export const plainDecimal = (text: string): string | undefined => {
  if (CANONICAL.test(text)) return text;
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match;
  const exponent = Number(exponentText);
  if (whole + fraction === '' || Math.abs(exponent) > LARGEST_EXPONENT) return undefined;
  const magnitude = shiftPoint(whole + fraction, whole.length + exponent);
  return sign === '-' && magnitude !== '0' ? `-${magnitude}` : magnitude;
};

/** `digits` with the decimal point before position `point`, which may lie outside of them. */
const shiftPoint = (digits: string, point: number): string => {
  const padded = point < 0 ? '0'.repeat(-point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 0);
  const whole = padded.slice(0, at).replace(/^0+/, '') || '0';
  const fraction = padded.slice(at).replace(LAST_ZEROS, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
};

// Not tried again from every zero of a long row: that would take the square of its length.
const LAST_ZEROS = /(?<!0)0+$/;

/**
 * A canonical decimal as the original printed it: an integer by its digits, anything else as Python
 * prints a float. Where a float would lose digits the decimal stays as it is, so that two numbers
 * never read the same.
 */
export const pythonNumber = (canonical: string): string => {
  if (!canonical.includes('.')) return canonical;
  const shortest = pythonFloat(Number(canonical));
  return plainDecimal(shortest) === canonical ? shortest : canonical;
};

// Python writes an exponent below 1e-4, with two digits at least; JavaScript starts later, with one. Above 2^53,
// where they differ too, a float has no fraction left and is never what is asked for.
const pythonFloat = (value: number): string =>
  Math.abs(value) < 1e-4 ? value.toExponential().replace(/e-(?=\d$)/, 'e-0') : String(value);
