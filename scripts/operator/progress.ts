import { stripVTControlCharacters } from 'node:util';
import { openScreen, type Screen } from '../terminal/screen.ts';
import { fitted, wrapped } from '../terminal/text.ts';

/** What stands on stderr, below everything else, while a command works. */
export type Progress = {
  /** Shows these lines in place of those before; none: it is over. */
  show(lines: readonly string[]): void;
  /** Makes room for a line that stays; the next `show` stands below it. */
  makeRoom(): void;
  close(): void;
};

/** What it needs of stderr. */
export type ProgressStream = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'rows' | 'write'>;

/** Redrawn in place on a terminal that can do so; elsewhere a plain line now and then, or with `isJson` nothing. */
export const openProgress = (
  stream: ProgressStream,
  { isDumb, isJson }: { readonly isDumb: boolean; readonly isJson: boolean },
): Progress => {
  if (stream.isTTY && !isDumb) return screenProgress(stream);
  return isJson ? silentProgress : lineProgress(stream);
};

// A terminal echoes it as ^C behind the last line, and would wrap there: the frame would not be where we drew it.
const widthOfCtrlC = 2;

const screenProgress = (stream: ProgressStream): Progress => {
  let screen: Screen | undefined;
  let columns = stream.columns;
  const close = () => {
    screen?.clear();
    screen?.close();
    screen = undefined;
  };
  return {
    show: (lines) => {
      if (lines.length === 0) return close();
      // Where the terminal put the lines when its size changed nobody knows: they stay, and new ones begin below.
      if (columns !== stream.columns) screen?.close();
      if (screen === undefined || columns !== stream.columns) screen = openScreen(stream);
      columns = stream.columns;
      screen.draw(fittingLines(lines, columns - widthOfCtrlC));
    },
    makeRoom: () => screen?.clear(),
    close,
  };
};

// The first line says the most, such as what is waited for: it is broken where another is cut.
const fittingLines = (
  [first = '', ...others]: readonly string[],
  columns: number,
): readonly string[] => [
  ...wrapped(first, columns).map((line) => fitted(line, columns)),
  ...others.map((line) => fitted(line, columns)),
];

const lineEveryMilliseconds = 10_000;

const lineProgress = (stream: ProgressStream): Progress => {
  let writtenAt: number | undefined;
  const show = ([first]: readonly string[]) => {
    const now = performance.now();
    writtenAt ??= now; // what takes less needs no progress
    if (first === undefined || now - writtenAt < lineEveryMilliseconds) return;
    stream.write(`${stripVTControlCharacters(first)}\n`);
    writtenAt = now;
  };
  return { show, makeRoom: () => undefined, close: () => undefined };
};

const silentProgress: Progress = {
  show: () => undefined,
  makeRoom: () => undefined,
  close: () => undefined,
};
