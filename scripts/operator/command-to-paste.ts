import { programName } from './help.ts';

/** Where a command is to work: on which installation, and whether inside AWS. */
export type Place = {
  /** Name of the SSM parameter that holds the configuration. */
  readonly parameter: string;
  readonly isRemote?: boolean;
};

/** A whole command line for people to paste, of a command with its own arguments: `verify Orders --repair`. */
export const commandToPaste = (command: string, { parameter, isRemote = false }: Place): string =>
  `npx ${programName} ${command}${isRemote ? ' --remote' : ''} --parameter ${parameter}`;
