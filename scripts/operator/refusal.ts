import { programName } from './help.ts';
import type { OperatorCommand } from './operator-command.ts';

/** What commander complains of: its own message, and the command that was called, if there is one. */
export type Complaint = { readonly message: string; readonly command: string | undefined };

/** What to say of a command line that cannot be understood: one sentence that ends in the cure. */
export const refusal = ({ message, command }: Complaint): string => {
  const [, said = message, similar] = complaint.exec(message) ?? [];
  const what = said.replace(/^option '(.*)' argument missing$/, '$1 wants a value');
  const help = [programName, command, '--help'].filter(Boolean).join(' ');
  const cure = similar === undefined ? `see ${help}` : `did you mean ${similar}?`;
  return `${capitalized(what)}: ${cure}${similar === undefined ? '.' : ''}`;
};

/** What to say where tables, or whatever it was, stand behind a command that takes nothing there. */
export const tablesRefused = (
  { name, options }: OperatorCommand,
  commands: readonly OperatorCommand[],
): string => {
  if (options.some(({ flags }) => flags.startsWith('--table ')))
    return `${name} takes tables by an option: ${programName} ${name} --table <name>.`;
  const takers = commands.filter(({ argument }) => argument?.name === '[tables...]');
  return `${name} takes no tables, but looks at all that there are; ${takers.map((one) => one.name).join(' and ')} can be told which.`;
};

// "error: unknown option '--segment'\n(Did you mean --segments?)"
const complaint = /^(?:error: )?(.*?)\.?(?:\n\(Did you mean (?:one of )?(.*)\?\))?$/s;

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
