import { expect, test } from 'vitest';
import { commands } from '../../../scripts/operator/commands.ts';
import { commandHelp, programHelp } from '../../../scripts/operator/help.ts';
import { count, sampleCommands } from './sample-commands.ts';

const linesOf = (text: string): readonly string[] => text.trimEnd().split('\n');

// A command is to be pasted whole: terminals know where they broke a line themselves.
const isCommand = (line: string): boolean => line.trim().startsWith('npx ');

const wider = (text: string, columns: number): readonly string[] =>
  linesOf(text).filter((line) => line.length > columns && !isCommand(line));

test('the help of all commands fits a terminal of 80 columns and 24 rows', () => {
  const lines = linesOf(programHelp(commands, 80));
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(lines.length).toBeLessThan(24);
});

test.each([40, 80, 100])('no line of a help is wider than %i columns', (columns) => {
  const texts = [
    programHelp([...commands, ...sampleCommands], columns),
    ...[...commands, count].map((command) => commandHelp(command, columns)),
  ];
  expect(texts.flatMap((text) => wider(text, columns))).toEqual([]);
});

test("a command's help is what it does, examples, options with defaults, and statuses", () => {
  expect(commandHelp(count, 80)).toBe(`dynamodb-to-opensearch count [tables...] --parameter <name>

Counts the items of tables, one after the other, while the stream runs.

  npx dynamodb-to-opensearch count Orders --parameter shop-prod-configuration
      Counts orders.
  npx dynamodb-to-opensearch count --limit 5 --parameter shop-prod-configuration
      Counts up to five.

  [tables...]  tables by their DynamoDB names
  --limit <n>  stop there (default: 3)
  --dry-run    count nothing

  --parameter <name>  SSM parameter with the configuration, which the module
                      wrote: its output parameter_name (required)
  --region <region>   AWS region; else AWS_REGION, AWS_DEFAULT_REGION, or what
                      the profile says
  --profile <name>    profile with the AWS credentials; else those that every
                      AWS tool finds
  --json              lines of JSON on stdout, the last one of type "summary"
  --debug             log more, and say where in the code an error comes from

Exit status:
  0    all was counted
  1    there was more
  2    it could not be done, or not be told: a wrong option, no access, no
       answer
  130  interrupted
`);
});
