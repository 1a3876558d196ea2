import type { Style } from '../terminal/style.ts';

/** One operator command, as the command line knows it. */
export type OperatorCommand = {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** A paragraph, for the command's own help. */
  readonly description: string;
  /** What stands after the name, in commander's words: '[tables...]'. */
  readonly argument?: { readonly name: string; readonly description: string };
  /** The options of this command alone, besides the common ones. */
  readonly options: readonly CommandOption[];
  /** What people will copy; the first one stands in the list of commands too. */
  readonly examples: readonly CommandExample[];
  /** When it ends with 0 and when with 1, a few words each: 'nothing is wrong'. The other statuses are the same for all commands. */
  readonly exitCodes?: { readonly 0: string; readonly 1: string };
  /** Does it. What it throws goes to stderr by its message, and the status is 2. */
  readonly run: (invocation: CommandInvocation) => Promise<ExitCode>;
};

/** 0: well. 1: done, and something is left to do. 2: it could not be done, or not be told. */
export type ExitCode = 0 | 1 | 2;

/** An option of a command. */
export type CommandOption = {
  /** In commander's words: '--segments <n>', '--repair'. */
  readonly flags: string;
  readonly description: string;
  readonly defaultValue?: string | number | boolean;
  /**
   * Makes a value of the text that was given, and of the one before where the option may be repeated; throws one
   * sentence about a text that is none.
   */
  readonly parse?: (text: string, before: unknown) => unknown;
};

/** An example of use: the command line after `dynamodb-to-opensearch` and without `--parameter`, which the help adds, and what it does. */
export type CommandExample = { readonly command: string; readonly explanation: string };

/** What a command is to do, and whom it tells. */
export type CommandInvocation = {
  readonly arguments: readonly string[];
  /** By commander's names: `--dry-run` is `dryRun`. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Name of the SSM parameter that holds the configuration. */
  readonly parameter: string;
  readonly region: string | undefined;
  readonly output: Output;
  /** The first Ctrl-C or SIGTERM; a second one ends the process at once. */
  readonly interrupted: AbortSignal;
};

/** Where a command says something. Results go to stdout, everything else to stderr. */
export type Output = {
  readonly isJson: boolean;
  /** A line for people, on stdout; nothing under `--json`. */
  readonly line: (text: string) => void;
  /** A line of JSON on stdout, with a `type`; nothing without `--json`. The last one is `{"type":"summary",…}`. */
  readonly json: (value: object) => void;
  /** A line on stderr: a warning, or what is being waited for. */
  readonly note: (text: string) => void;
  /**
   * How far it is, redrawn in place on stderr where that is a terminal. Anywhere else the first line alone stays,
   * every ten seconds at most, and under `--json` nothing. No lines: the progress is over.
   */
  readonly progress: (lines: readonly string[]) => void;
  /** How wide the terminal is now. */
  readonly columns: number;
  /** Colours, where stdout is a terminal that has them and nobody asked for none. */
  readonly style: Style;
};
