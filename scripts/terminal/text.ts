import { stripVTControlCharacters } from 'node:util';

/** How many columns a line takes, its styles aside. */
export const widthOf = (line: string): number => stripVTControlCharacters(line).length;

/** How many rows of a terminal lines take. */
export const heightOf = (lines: readonly string[], columns: number): number =>
  lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / columns)), 0);

/** The line, or as much of its beginning as fits; styles stay, since each of them has its end somewhere. */
export const fitted = (line: string, columns: number): string => {
  if (widthOf(line) <= columns) return line;
  let room = columns - 1;
  const kept = line.replace(stylesAndText, (_, style = '', text = '') => {
    const shown = text.slice(0, room);
    room -= shown.length;
    return style + shown;
  });
  return `${kept}…`;
};

/** Lines of whole words, none of them wider than the columns unless a word alone is; line breaks of the text stay. */
export const wrapped = (text: string, columns: number, indent = ''): readonly string[] =>
  text.split('\n').flatMap((paragraph) => wrappedParagraph(paragraph, columns, indent));

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes of a terminal begin with one
const stylesAndText = /(\x1b\[[\d;]*m)|([^\x1b]+)/g;

const wrappedParagraph = (text: string, columns: number, indent: string): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(indent + longer) > columns) {
      lines.push(indent + line);
      line = word;
    } else line = longer;
  }
  return [...lines, line === '' ? '' : indent + line];
};
