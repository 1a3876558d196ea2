import { beforeEach, expect, test, vi } from 'vitest';
import { type OutputStream, openOutput } from '../../../scripts/operator/output.ts';
import { createTerminalEmulator, type TerminalEmulator } from '../terminal/terminal-emulator.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  return () => void vi.useRealTimers();
});

type Setting = {
  readonly stdout?: OutputStream;
  readonly stderr?: OutputStream;
  readonly environment?: NodeJS.ProcessEnv;
  readonly isJson?: boolean;
};

/** A file or a pipe, and what was written to it. */
const file = () => {
  const texts: string[] = [];
  const write = (text: unknown): boolean => texts.push(String(text)) > 0;
  const stream = { isTTY: false, columns: 0, rows: 0, write, hasColors: () => false };
  return { stream, text: () => texts.join('') };
};

/** Streams that all end on one terminal. */
const onTerminal = (terminal: TerminalEmulator): OutputStream =>
  Object.assign(Object(terminal), { isTTY: true, hasColors: () => false });

const open = ({ stdout = file().stream, stderr = file().stream, ...rest }: Setting) =>
  openOutput({ stdout, stderr, environment: {}, isJson: false, ...rest });

test('results for people go to stdout, notes to stderr', () => {
  const [stdout, stderr] = [file(), file()];
  const output = open({ stdout: stdout.stream, stderr: stderr.stream });
  output.line('3 items');
  output.json({ type: 'summary' });
  output.note('the table is throttled');
  expect([stdout.text(), stderr.text()]).toEqual(['3 items\n', 'the table is throttled\n']);
});

test('under --json stdout has lines of JSON and nothing else', () => {
  const [stdout, stderr] = [file(), file()];
  const output = open({ stdout: stdout.stream, stderr: stderr.stream, isJson: true });
  output.line('3 items');
  output.json({ type: 'summary', text: 'two\nlines' });
  output.note('slow');
  expect(stdout.text()).toBe('{"type":"summary","text":"two\\nlines"}\n');
  expect(stderr.text()).toBe('slow\n');
});

test('on a terminal, progress is redrawn in place and results stay above it', () => {
  const terminal = createTerminalEmulator(20, 10);
  const stream = onTerminal(terminal);
  const output = open({ stdout: stream, stderr: stream });
  output.progress(['1 of 3', 'soon']);
  output.progress(['2 of 3', 'soon']);
  expect(terminal.lines()).toEqual(['2 of 3', 'soon']);
  output.line('a result');
  output.progress(['3 of 3']);
  expect(terminal.lines()).toEqual(['a result', '3 of 3']);
  expect(terminal.isCursorVisible()).toBe(false);
  output.progress([]);
  expect(terminal.lines()).toEqual(['a result', '']);
  expect(terminal.isCursorVisible()).toBe(true);
});

test('a terminal is given back as it was, however often it is closed', () => {
  const terminal = createTerminalEmulator(20, 10);
  const output = open({ stderr: onTerminal(terminal) });
  output.progress(['1 of 3']);
  output.close();
  output.close();
  expect(terminal.lines()).toEqual(['']);
  expect(terminal.isCursorVisible()).toBe(true);
});

test('a note is broken between words, a command in it is not', () => {
  const terminal = createTerminalEmulator(20, 10);
  const output = open({ stderr: onTerminal(terminal) });
  output.note('It stands still. Go on with it:\n  npx program with more than this');
  expect(terminal.lines()).toEqual([
    'It stands still. Go',
    'on with it:',
    '  npx program with m',
    'ore than this',
    '',
  ]);
});

test('results that go into a file leave the progress alone', () => {
  const terminal = createTerminalEmulator(20, 10);
  const output = open({ stderr: onTerminal(terminal) });
  output.progress(['1 of 3']);
  output.line('a result');
  expect(terminal.lines()).toEqual(['1 of 3']);
});

test('no line of progress is wider than the terminal, and the echo of a Ctrl-C fits behind it', () => {
  const terminal = createTerminalEmulator(10, 10);
  const output = open({ stderr: onTerminal(terminal) });
  output.progress(['short', 'more than ten columns']);
  expect(terminal.lines()).toEqual(['short', 'more th…']);
  terminal.write('^C');
  output.progress([]);
  expect(terminal.lines()).toEqual(['']);
});

test('the first line of progress, which says the most, is broken and not cut', () => {
  const terminal = createTerminalEmulator(20, 10);
  open({ stderr: onTerminal(terminal) }).progress([
    'waiting: it is throttled',
    'and so on and so on',
  ]);
  expect(terminal.lines()).toEqual(['waiting: it is', 'throttled', 'and so on and so …']);
});

test('when the terminal changes its size, nothing that stood there is lost', () => {
  const terminal = createTerminalEmulator(20, 10);
  const stream = onTerminal(terminal);
  const output = open({ stdout: stream, stderr: stream });
  output.line('a result');
  output.progress(['1 of 3']);
  terminal.columns = 15;
  output.progress(['2 of 3']);
  output.progress(['3 of 3']);
  expect(terminal.lines()).toEqual(['a result', '1 of 3', '3 of 3']);
});

test('a long note is broken between words on a terminal, and not elsewhere', () => {
  const terminal = createTerminalEmulator(12, 10);
  open({ stderr: onTerminal(terminal) }).note('the table is throttled');
  expect(terminal.lines()).toEqual(['the table is', 'throttled', '']);
});

test.each([
  ['a file', {}],
  ['a dumb terminal', { TERM: 'dumb' }],
])('%s gets one plain line of progress every ten seconds', (_, environment) => {
  const stderr = file();
  const isTTY = 'TERM' in environment;
  const output = open({ stderr: { ...stderr.stream, isTTY }, environment });
  for (let second = 0; second <= 25; second++) {
    output.progress([`\x1b[32m${second} s\x1b[39m`, 'more of it']);
    vi.advanceTimersByTime(1_000);
  }
  output.progress([]);
  expect(stderr.text()).toBe('10 s\n20 s\n');
});

test('under --json a file gets no progress', () => {
  const stderr = file();
  const output = open({ stderr: stderr.stream, isJson: true });
  output.progress(['1 of 3']);
  vi.advanceTimersByTime(60_000);
  output.progress(['2 of 3']);
  expect(stderr.text()).toBe('');
});

test('colours are for terminals that have them', () => {
  const coloured = { ...file().stream, isTTY: true, hasColors: () => true };
  expect(open({ stdout: coloured }).style.bad('no')).toBe('\x1b[31mno\x1b[39m');
  expect(open({ stdout: { ...coloured, hasColors: () => false } }).style.bad('no')).toBe('no');
  expect(open({}).style.bad('no')).toBe('no');
});

test('the width is that of the terminal, on whichever stream it is', () => {
  const stream = onTerminal(createTerminalEmulator(33, 10));
  expect(open({ stdout: stream }).columns).toBe(33);
  expect(open({ stderr: stream }).columns).toBe(33);
  expect(open({}).columns).toBe(100);
  expect(open({ environment: { COLUMNS: '70' } }).columns).toBe(70);
});
