import type { CommandOption } from './operator-command.ts';

/** The options that every command has. */
export const commonOptions: readonly CommandOption[] = [
  {
    flags: '--parameter <name>',
    description:
      'SSM parameter with the configuration, which the module wrote: its output parameter_name (required)',
  },
  {
    flags: '--region <region>',
    description: 'AWS region; else AWS_REGION, AWS_DEFAULT_REGION, or what the profile says',
  },
  {
    flags: '--profile <name>',
    description: 'profile with the AWS credentials; else those that every AWS tool finds',
  },
  { flags: '--json', description: 'lines of JSON on stdout, the last one of type "summary"' },
  { flags: '--debug', description: 'log more, and say where in the code an error comes from' },
];

/** What the common options said. */
export type CommonValues = {
  readonly parameter: string;
  readonly region: string | undefined;
  readonly profile: string | undefined;
  readonly isJson: boolean;
  readonly isDebug: boolean;
};

/** The values of the common options; undefined where no parameter is named. */
export const commonValues = (
  options: Readonly<Record<string, unknown>>,
): CommonValues | undefined => {
  const parameter = textOf(options['parameter']);
  if (parameter === undefined) return undefined;
  return {
    parameter,
    region: textOf(options['region']),
    profile: textOf(options['profile']),
    isJson: options['json'] === true,
    isDebug: options['debug'] === true,
  };
};

// `--region ""` is what a script passes that has none.
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
