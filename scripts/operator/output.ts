import { harmless, harmlessJson } from '../terminal/printable.ts';
import { createStyle } from '../terminal/style.ts';
import { wrapped } from '../terminal/text.ts';
import type { Output } from './operator-command.ts';
import { openProgress, type ProgressStream } from './progress.ts';

/** What an output needs of a stream of the process. */
export type OutputStream = ProgressStream & Pick<NodeJS.WriteStream, 'hasColors'>;

/** Where an output writes, and how. */
export type OutputSettings = {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly environment: NodeJS.ProcessEnv;
  readonly isJson: boolean;
};

/** An output, to be closed: only then the terminal is as it was. */
export type OpenOutput = Output & { readonly close: () => void };

/** Opens the output of a command. */
export const openOutput = ({ stdout, stderr, environment, isJson }: OutputSettings): OpenOutput => {
  const progress = openProgress(stderr, { isDumb: environment['TERM'] === 'dumb', isJson });
  const write = (stream: OutputStream, text: string) => {
    if (stream.isTTY) progress.makeRoom();
    stream.write(`${text}\n`);
  };
  return {
    isJson,
    line: (text) => {
      if (!isJson) write(stdout, harmless(text));
    },
    json: (value) => {
      if (isJson) write(stdout, harmlessJson(JSON.stringify(value)));
    },
    note: (text) => write(stderr, forReading(harmless(text), stderr)),
    progress: (lines) => progress.show(lines.map(harmless)),
    get columns() {
      return columnsOf({ stdout, stderr, environment });
    },
    style: createStyle(stdout.isTTY && stdout.hasColors(environment)),
    close: progress.close,
  };
};

const columnsOfNoTerminal = 100;

/** How wide the terminal is, whichever of the streams it is on. */
export const columnsOf = ({
  stdout,
  stderr,
  environment,
}: Omit<OutputSettings, 'isJson'>): number => {
  const terminal = [stdout, stderr].find(({ isTTY }) => isTTY);
  const wanted = Number(environment['COLUMNS']) || columnsOfNoTerminal;
  return terminal?.columns || wanted;
};

/** A text with its lines broken between words where a terminal would break them anywhere; those with two spaces in front stay whole, to be pasted. */
export const forReading = (
  text: string,
  { isTTY, columns }: Pick<OutputStream, 'isTTY' | 'columns'>,
): string =>
  isTTY
    ? text
        .split('\n')
        .flatMap((line) => readable(line, columns))
        .join('\n')
    : text;

const readable = (line: string, columns: number): readonly string[] =>
  line.startsWith('  ') ? [line] : wrapped(line, columns);
