import fc from 'fast-check';
import { expect, test } from 'vitest';
import { harmless, harmlessJson, printable } from '../../../scripts/terminal/printable.ts';
import { createStyle } from '../../../scripts/terminal/style.ts';
import { texts } from '../../support/arbitraries.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const OBEYED = /[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

const evil = [
  '\x1b[2J\x1b[H', // clears the screen
  '\x1b]0;root@prod\x07', // renames the window
  '\x1b]52;c;cm0gLXJmIC8K\x07', // fills the clipboard
  '\x9b31m', // the same in one byte
  '\rall is well',
  'a\nfaked line',
  '\u202egnp.exe', // turns the direction of reading
  '\u2028',
];

test.each(evil)('data keeps nothing that a terminal obeys: %j', (text) => {
  expect(printable(text)).not.toMatch(OBEYED);
});

test('data stays as it is where a terminal only shows it', () => {
  const shown = texts.filter((text) => !OBEYED.test(text) && !/\p{Bidi_Control}/u.test(text));
  fc.assert(fc.property(shown, (text) => void expect(printable(text)).toBe(text)));
});

test.each(evil.filter((text) => !text.includes('\n')))(
  'a line around data is as harmless: %j',
  (text) => {
    expect(harmless(`Orders.${text}: 3`)).not.toMatch(OBEYED);
  },
);

test('a line keeps its own styles and its line breaks', () => {
  const { strong, quiet, good, doubtful, bad } = createStyle(true);
  const line = [strong, quiet, good, doubtful, bad].map((style) => style('a')).join('\n');
  expect(harmless(line)).toBe(line);
  expect(harmless('\x1b[8mhidden\x1b[7m')).toBe('\\u001b[8mhidden\\u001b[7m');
});

test('JSON means what it meant', () => {
  fc.assert(
    fc.property(fc.dictionary(texts, texts), (value) => {
      const json = harmlessJson(JSON.stringify(value));
      expect(JSON.parse(json)).toEqual(value);
      expect(json).not.toMatch(OBEYED);
    }),
  );
});
