import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const linesKept = 40;

/** The last lines that a child process printed, for the error message if it fails. */
export interface OutputTail {
  readonly text: () => string;
  /** Calls back with every line from now on. */
  readonly onLine: (listener: (line: string) => void) => void;
}

/** Reads the streams for as long as they last, so that the child never blocks on a full pipe. */
export const outputTail = (...streams: readonly Readable[]): OutputTail => {
  const lines: string[] = [];
  const listeners: ((line: string) => void)[] = [];
  const take = (line: string): void => {
    lines.push(line);
    if (lines.length > linesKept) lines.shift();
    for (const listener of listeners) listener(line);
  };
  for (const stream of streams) createInterface({ input: stream }).on('line', take);
  return { text: () => lines.join('\n'), onLine: (listener) => void listeners.push(listener) };
};
