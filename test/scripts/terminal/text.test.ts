import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStyle } from '../../../scripts/terminal/style.ts';
import { fitted, widthOf, wrapped } from '../../../scripts/terminal/text.ts';

const style = createStyle(true);
const columns = fc.integer({ min: 1, max: 30 });
const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 20 });

test('a line that fits stays as it is, another ends in an ellipsis at the margin', () => {
  expect(fitted('12345', 5)).toBe('12345');
  expect(fitted('123456', 5)).toBe('1234…');
});

test('styles take no room and are ended, also where the line is cut', () => {
  const parts = fc.array(fc.tuple(fc.boolean(), fc.stringMatching(/^[a-z ]{0,9}$/)));
  fc.assert(
    fc.property(parts, columns, (texts, wide) => {
      const line = texts.map(([isBad, text]) => (isBad ? style.bad(text) : text)).join('');
      const plain = stripVTControlCharacters(line);
      const cut = plain.length <= wide ? plain : `${plain.slice(0, wide - 1)}…`;
      const shown = fitted(line, wide);
      expect(stripVTControlCharacters(shown)).toBe(cut);
      expect(shown.split('\x1b[31m').length).toBe(shown.split('\x1b[39m').length);
    }),
  );
});

test('words are kept, in their order, and lines no wider than asked for unless a word is', () => {
  fc.assert(
    fc.property(words, columns, (all, wide) => {
      const lines = wrapped(all.join(' '), wide);
      expect(lines.join(' ').split(' ')).toEqual(all);
      for (const line of lines) expect(widthOf(line) <= wide || !line.includes(' ')).toBe(true);
    }),
  );
});

test('line breaks of a text stay, and an indent stands before each line with words', () => {
  expect(wrapped('one two\n\nthree', 6, '  ')).toEqual(['  one', '  two', '', '  three']);
});
