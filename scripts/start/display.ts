import { openScreen } from '../terminal/screen.ts';
import { createStyle } from '../terminal/style.ts';
import { type Canvas, frame } from './frame.ts';
import { news, statusLine } from './news.ts';
import type { View } from './view.ts';

/** Shows one view after the other. */
export interface Display {
  show(view: View): void;
  close(): void;
}

/** A frame rewritten in place on a terminal that can do so, lines without escapes anywhere else. */
export const openDisplay = (output: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): Display =>
  output.isTTY && environment['TERM'] !== 'dumb'
    ? screenDisplay(output, environment)
    : lineDisplay((line) => output.write(`${line}\n`));

const screenDisplay = (output: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): Display => {
  const screen = openScreen(output);
  const style = createStyle(output.hasColors(environment));
  const wanted = Number(environment['COLUMNS']) || Number.POSITIVE_INFINITY;
  const canvas = (): Canvas => ({
    columns: Math.min(output.columns, wanted),
    rows: output.rows,
    style,
  });
  return { show: (view) => screen.draw(frame(view, canvas())), close: screen.close };
};

const statusEverySeconds = 5;

/** Writes what is new as soon as it is, and how the tables stand: with each verdict, and every five seconds if it has changed. */
export const lineDisplay = (write: (line: string) => void): Display => {
  let before: View | undefined;
  let statusSeconds = 0;
  let status = '';
  const show = (view: View) => {
    if (view.tables.length === 0) statusSeconds = view.seconds;
    const text = view.tables.map(statusLine).join('\n');
    const isDue = view.seconds - statusSeconds >= statusEverySeconds;
    if (text !== status && (isDue || view.verdict !== before?.verdict)) {
      write(text);
      status = text;
      statusSeconds = view.seconds;
    }
    for (const line of news(before, view)) write(line);
    before = view;
  };
  return { show, close: () => undefined };
};
