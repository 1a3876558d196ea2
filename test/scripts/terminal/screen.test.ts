import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openScreen } from '../../../scripts/terminal/screen.ts';
import { createTerminalEmulator } from './terminal-emulator.ts';

test('a frame takes the place of the one before, whatever the lengths of both', () => {
  const lines = fc.array(
    fc.nat({ max: 25 }).map((length) => 'x'.repeat(length)),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(fc.array(lines, { minLength: 1 }), (frames) => {
      const terminal = createTerminalEmulator(10, 30);
      terminal.write('$ npm start\n');
      const screen = openScreen(terminal);
      for (const frame of frames) screen.draw(frame);
      const wrapped = (frames.at(-1) ?? []).flatMap((line) => line.match(/.{1,10}/g) ?? ['']);
      expect(terminal.lines()).toEqual(['$ npm star', 't', ...wrapped]);
    }),
  );
});

test('at the bottom of the terminal a frame scrolls in once and stays', () => {
  const terminal = createTerminalEmulator(20, 5);
  terminal.write('1\n2\n3\n4\n');
  const screen = openScreen(terminal);
  screen.draw(['a', 'b', 'c']);
  screen.draw(['a', 'b', 'd']);
  expect(terminal.lines()).toEqual(['3', '4', 'a', 'b', 'd']);
});

test('of a frame that is taller than the terminal, the beginning is shown', () => {
  const terminal = createTerminalEmulator(20, 4);
  const screen = openScreen(terminal);
  screen.draw(['a', 'b', 'c', 'd', 'e']);
  screen.draw(['a', 'b', 'x', 'd', 'e']);
  expect(terminal.lines()).toEqual(['a', 'b', 'x']);
});

test('a terminal that changes its size shows the frame once', () => {
  const terminal = createTerminalEmulator(20, 10);
  const screen = openScreen(terminal);
  screen.draw(['a', 'b']);
  terminal.columns = 15;
  screen.draw(['a', 'b']);
  expect(terminal.lines()).toEqual(['a', 'b']);
});

test('the same frame is not written again', () => {
  let written = 0;
  const screen = openScreen({ columns: 80, rows: 24, write: () => ++written });
  screen.draw(['a']);
  const before = written;
  screen.draw(['a']);
  expect(written).toBe(before);
});

test('the cursor is hidden meanwhile, and back below the last frame in the end', () => {
  const terminal = createTerminalEmulator(20, 10);
  const screen = openScreen(terminal);
  screen.draw(['a']);
  expect(terminal.isCursorVisible()).toBe(false);
  screen.close();
  screen.close();
  expect(terminal.isCursorVisible()).toBe(true);
  expect(terminal.lines()).toEqual(['a', '']);
});
