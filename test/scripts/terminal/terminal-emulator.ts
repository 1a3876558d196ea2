import type { Terminal } from '../../../scripts/terminal/screen.ts';

/** A terminal of which one can see what it shows; it knows the escapes that a screen writes, and throws at others. */
export interface TerminalEmulator extends Terminal {
  columns: number;
  rows: number;
  /** The lines that are shown, without blanks at their ends. */
  lines(): readonly string[];
  isCursorVisible(): boolean;
}

/** A terminal with an empty screen; wrapping at the margin, scrolling and erasing are as in xterm. */
export const createTerminalEmulator = (columns: number, rows: number): TerminalEmulator => {
  const state: State = { lines: [''], row: 0, column: 0, isCursorVisible: true };
  const emulator: TerminalEmulator = {
    columns,
    rows,
    write: (text) => {
      for (const [token, sequence] of text.matchAll(tokens)) {
        if (sequence !== undefined) obey(state, sequence, emulator);
        else if (token === '\n') lineFeed(state, emulator);
        else if (token === '\r') state.column = 0;
        else print(state, token, emulator);
      }
    },
    lines: () => state.lines.map((line) => line.trimEnd()),
    isCursorVisible: () => state.isCursorVisible,
  };
  return emulator;
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes of a terminal begin with one
const tokens = /\x1b\[(\??\d*[A-Za-z])|[^\x1b]/g;

interface State {
  lines: string[];
  row: number;
  /** Beyond the last column after a character was printed there: the next one wraps. */
  column: number;
  isCursorVisible: boolean;
}

type Size = Pick<Terminal, 'columns' | 'rows'>;

const print = (state: State, character: string, size: Size): void => {
  if (state.column >= size.columns) lineFeed(state, size);
  const line = (state.lines[state.row] ?? '').padEnd(state.column);
  state.lines[state.row] = line.slice(0, state.column) + character + line.slice(state.column + 1);
  state.column += 1;
};

// A terminal line discipline makes a carriage return of it too.
const lineFeed = (state: State, { rows }: Size): void => {
  state.row += 1;
  state.column = 0;
  state.lines[state.row] ??= '';
  if (state.row < rows) return;
  state.lines.shift();
  state.row -= 1;
};

const obey = (state: State, sequence: string, { columns }: Size): void => {
  const before = (state.lines[state.row] ?? '').slice(0, Math.min(state.column, columns - 1));
  switch (sequence.replace(/^\d+A$/, 'A')) {
    case 'A':
      state.row = Math.max(0, state.row - Number.parseInt(sequence, 10));
      break;
    case 'H':
      state.row = 0;
      state.column = 0;
      break;
    case 'K':
      state.lines[state.row] = before;
      break;
    case 'J':
      state.lines = [...state.lines.slice(0, state.row), before];
      break;
    case '2J':
      state.lines = [''];
      break;
    case '?25h':
    case '?25l':
      state.isCursorVisible = sequence === '?25h';
      break;
    case '?2026h':
    case '?2026l':
      break;
    default:
      throw new Error(`The emulator does not know the escape sequence ${sequence}.`);
  }
};
