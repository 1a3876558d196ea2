import { heightOf, widthOf } from './text.ts';

/** What a screen needs of a terminal: the part of `process.stdout` that it uses. */
export interface Terminal {
  readonly columns: number;
  readonly rows: number;
  write(text: string): unknown;
}

/** A part of the terminal below what is there already, rewritten in place. */
export interface Screen {
  draw(lines: readonly string[]): void;
  /** Takes the frame away, so that something that stays can be written where it stood. */
  clear(): void;
  /** Gives the terminal back as it was, with the last frame left standing. */
  close(): void;
}

const hideCursor = '\x1b[?25l';
const showCursor = '\x1b[?25h';
// Terminals that know it show the frame at once, the others ignore it.
const beginFrame = '\x1b[?2026h';
const endFrame = '\x1b[?2026l';
const clearToEndOfLine = '\x1b[K';
const clearBelow = '\x1b[J';
const clearAll = '\x1b[H\x1b[2J';

/** Opens a screen at the cursor. */
export const openScreen = (terminal: Terminal): Screen => {
  let drawn: Drawn | undefined;
  let isClosed = false;
  terminal.write(hideCursor);
  return {
    draw: (lines) => {
      const text = lines.join('\n');
      const { columns, rows } = terminal;
      if (text === drawn?.text && columns === drawn.columns && rows === drawn.rows) return;
      const shown = cropped(lines, terminal);
      terminal.write(
        `${beginFrame}${toBeginning(drawn, terminal)}${content(shown, columns)}${endFrame}`,
      );
      drawn = { text, columns, rows, height: heightOf(shown, columns) };
    },
    clear: () => {
      if (drawn !== undefined) terminal.write(toBeginning(drawn, terminal) + clearBelow);
      drawn = undefined;
    },
    close: () => {
      if (!isClosed) terminal.write(`${drawn === undefined ? '' : '\n'}${showCursor}`);
      isClosed = true;
    },
  };
};

interface Drawn {
  readonly text: string;
  readonly columns: number;
  readonly rows: number;
  /** In rows of the terminal. */
  readonly height: number;
}

// A terminal that changes its size rearranges its lines, each in its own way: there is no telling where the frame is.
const toBeginning = (drawn: Drawn | undefined, { columns, rows }: Terminal): string => {
  if (drawn === undefined) return '';
  if (drawn.columns !== columns || drawn.rows !== rows) return clearAll;
  return drawn.height > 1 ? `\r\x1b[${drawn.height - 1}A` : '\r';
};

// What is left of the frame before is cleared ahead of the last line and not behind it: a line that ends at the right
// margin leaves the cursor on its last character, which would go too.
const content = (lines: readonly string[], columns: number): string =>
  [
    ...lines
      .slice(0, -1)
      .map((line) => (endsAtMargin(line, columns) ? line : line + clearToEndOfLine)),
    ...lines.slice(-1).map((line) => clearBelow + line),
  ].join('\n');

const endsAtMargin = (line: string, columns: number): boolean =>
  widthOf(line) > 0 && widthOf(line) % columns === 0;

const cropped = (lines: readonly string[], { columns, rows }: Terminal): readonly string[] => {
  let height = 0;
  const end = lines.findIndex((line) => {
    height += heightOf([line], columns);
    return height >= rows;
  });
  return end < 0 ? lines : lines.slice(0, end);
};
