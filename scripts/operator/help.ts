import { wrapped } from '../terminal/text.ts';
import { commonOptions } from './common-options.ts';
import type { CommandOption, OperatorCommand } from './operator-command.ts';

/** The name under which people call all of this. */
export const programName = 'dynamodb-to-opensearch';

/** What `--help` says: which commands there are, each with what to type. */
export const programHelp = (commands: readonly OperatorCommand[], columns: number): string =>
  text([
    ...wrapped('Beside the stream: finds, fills, proves and mends OpenSearch indexes.', columns),
    '',
    ...commands.flatMap((command) => [
      ...row([command.name, command.summary], { margin: 0, labelWidth: 8, columns }),
      ...command.examples.slice(0, 1).map((example) => `  ${typed(example.command)}`),
    ]),
    '',
    ...wrapped(
      'Every command wants --parameter, the name of the SSM parameter that the module wrote: its output parameter_name. ' +
        'Credentials, region and endpoints are found as by every AWS tool, or named by --profile and --region.',
      columns,
    ),
    '',
    ...wrapped(`More of each: ${programName} <command> --help`, columns),
  ]);

/** What `<command> --help` says. */
export const commandHelp = (command: OperatorCommand, columns: number): string =>
  text([
    ...wrapped(`${programName} ${usage(command)} --parameter <name>`, columns),
    '',
    ...wrapped(command.description, columns),
    '',
    ...command.examples.flatMap((example) => [
      `  ${typed(example.command)}`,
      ...wrapped(example.explanation, columns, '      '),
    ]),
    '',
    ...rows([...argumentRow(command), ...command.options.map(optionRow)], columns),
    ...(command.options.length > 0 ? [''] : []),
    ...rows(commonOptions.map(optionRow), columns),
    '',
    'Exit status:',
    ...rows(exitRows(command), columns),
  ]);

const typed = (command: string): string =>
  `npx ${programName} ${command} --parameter shop-prod-configuration`;

const usage = ({ name, argument }: OperatorCommand): string =>
  argument === undefined ? name : `${name} ${argument.name}`;

type Row = readonly [label: string, text: string];

const argumentRow = ({ argument }: OperatorCommand): readonly Row[] =>
  argument === undefined ? [] : [[argument.name, argument.description]];

const optionRow = ({ flags, description, defaultValue }: CommandOption): Row => [
  flags,
  defaultValue === undefined || defaultValue === false
    ? description
    : `${description} (default: ${defaultValue})`,
];

const exitRows = ({ exitCodes }: OperatorCommand): readonly Row[] => [
  ['0', exitCodes?.[0] ?? 'all is well'],
  ['1', exitCodes?.[1] ?? 'something is left to do, and was listed'],
  ['2', 'it could not be done, or not be told: a wrong option, no access, no answer'],
  ['130', 'interrupted'],
];

type Layout = { readonly margin: number; readonly labelWidth: number; readonly columns: number };

const rows = (all: readonly Row[], columns: number): readonly string[] => {
  const labelWidth = Math.max(...all.map(([label]) => label.length));
  return all.flatMap((one) => row(one, { margin: 2, labelWidth, columns }));
};

const narrowColumns = 60;

const row = ([label, description]: Row, layout: Layout): readonly string[] => {
  const { margin, labelWidth, columns } = layout;
  const begin = ' '.repeat(margin);
  if (columns < narrowColumns && labelWidth > 8)
    return [begin + label, ...wrapped(description, columns, '      ')];
  const indent = ' '.repeat(margin + labelWidth + 2);
  const [first = '', ...others] = wrapped(description, columns, indent);
  return [`${begin}${label.padEnd(labelWidth)}  ${first.trimStart()}`, ...others];
};

const text = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
