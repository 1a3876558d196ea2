import type { Readable } from 'node:stream';

/**
 * Calls `onLine` for each line of a UTF-8 stream. Only a line feed ends a line: `node:readline` also splits at carriage
 * returns and U+2028, which may stand inside one log line.
 */
export const forwardLogLines = (stream: Readable, onLine: (line: string) => void): void => {
  let unfinished = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = `${unfinished}${text}`.split('\n');
    unfinished = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  stream.on('end', () => {
    if (unfinished !== '') onLine(unfinished);
  });
};
