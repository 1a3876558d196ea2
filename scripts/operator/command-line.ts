import { Command, CommanderError, Option } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { type CommonValues, commonOptions, commonValues } from './common-options.ts';
import { commandHelp, programHelp, programName } from './help.ts';
import type { CommandOption, OperatorCommand } from './operator-command.ts';
import { refusal, tablesRefused } from './refusal.ts';

/** What somebody typed, understood: a command to run, or a text to show, with the status to end with. */
export type CommandLine =
  | { readonly kind: 'text'; readonly text: string; readonly status: 0 | 2 }
  | {
      readonly kind: 'invocation';
      readonly command: OperatorCommand;
      readonly arguments: readonly string[];
      readonly options: Readonly<Record<string, unknown>>;
      readonly common: CommonValues;
    };

/** Reads what was typed after the program's name. */
export const readCommandLine = (
  commands: readonly OperatorCommand[],
  typed: readonly string[],
  columns: number,
): CommandLine => {
  const texts: string[] = [];
  let line: CommandLine | undefined;
  const program = createProgram(commands, columns, (text) => texts.push(text));
  for (const command of commands)
    addCommand(program, command, (invocation) => {
      line = invocation;
    });
  try {
    program.parse(typed, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const command = commands.find(({ name }) => typed.includes(name));
    line = texts.length > 0 ? helpLine(error, texts, typed) : refusalLine(error, command, commands);
  }
  return line ?? { kind: 'text', text: programHelp(commands, columns), status: 2 };
};

const createProgram = (
  commands: readonly OperatorCommand[],
  columns: number,
  write: (text: string) => void,
): Command => {
  const formatHelp = (of: Command): string => {
    const command = commands.find(({ name }) => name === of.name());
    return command === undefined ? programHelp(commands, columns) : commandHelp(command, columns);
  };
  const program = new Command(programName)
    .version(manifest.version)
    .exitOverride()
    .configureOutput({ writeOut: write, writeErr: write, outputError: () => undefined })
    .configureHelp({ formatHelp });
  // Those of the program are understood before the command's name and behind it.
  for (const option of commonOptions) program.addOption(optionOf(option));
  return program;
};

const addCommand = (
  program: Command,
  command: OperatorCommand,
  onInvocation: (line: CommandLine) => void,
): void => {
  const added = program.command(command.name);
  if (command.argument !== undefined)
    added.argument(command.argument.name, command.argument.description);
  for (const option of command.options) added.addOption(optionOf(option));
  added.action(() => onInvocation(invocationOf(command, added)));
};

const optionOf = ({ flags, description, defaultValue, parse }: CommandOption): Option => {
  const option = new Option(flags, description);
  if (defaultValue !== undefined) option.default(defaultValue);
  if (!option.required) return option;
  return option.argParser((text, before: unknown) => {
    if (text.startsWith('--')) throw unusable(`${flags} wants a value and got ${text}`);
    try {
      return parse === undefined ? text : parse(text, before);
    } catch (error) {
      throw unusable(`${option.long} ${text}: ${error instanceof Error ? error.message : error}`);
    }
  });
};

const unusable = (message: string): CommanderError => new CommanderError(2, 'unusable', message);

const invocationOf = (command: OperatorCommand, added: Command): CommandLine => {
  const options = added.optsWithGlobals();
  const common = commonValues(options);
  if (common === undefined) return { kind: 'text', text: parameterMissing, status: 2 };
  return { kind: 'invocation', command, arguments: added.args, options, common };
};

const parameterMissing =
  '--parameter is missing: name the SSM parameter that the module wrote, its output parameter_name (shop-prod-configuration where the module has name = "shop-prod").\n';

// Help and version are errors too, in commander's way of ending; nothing typed is one.
const helpLine = (
  { code }: CommanderError,
  texts: readonly string[],
  typed: readonly string[],
): CommandLine => {
  const isAskedFor = code !== 'commander.help' || typed.includes('help');
  return { kind: 'text', text: texts.join(''), status: isAskedFor ? 0 : 2 };
};

const refusalLine = (
  { message, code }: CommanderError,
  command: OperatorCommand | undefined,
  commands: readonly OperatorCommand[],
): CommandLine => {
  const line = (text: string): CommandLine => ({ kind: 'text', text: `${text}\n`, status: 2 });
  if (code === 'unusable') return line(message);
  if (code === 'commander.excessArguments' && command !== undefined)
    return line(tablesRefused(command, commands));
  return line(refusal({ message, command: command?.name }));
};
