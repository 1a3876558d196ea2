import { setTimeout as pause } from 'node:timers/promises';
import { readParameter } from '../../../function/src/aws/parameter.ts';
import type { OperatorCommand } from '../../../scripts/operator/operator-command.ts';

/** A command that counts, for tests of what all commands share. */
export const count: OperatorCommand = {
  name: 'count',
  summary: 'counts what is there, and what is not',
  description: 'Counts the items of tables, one after the other, while the stream runs.',
  argument: { name: '[tables...]', description: 'tables by their DynamoDB names' },
  options: [
    {
      flags: '--limit <n>',
      description: 'stop there',
      defaultValue: 3,
      parse: (text) => {
        if (/^\d+$/.test(text)) return Number(text);
        throw new Error('must be a whole number.');
      },
    },
    { flags: '--dry-run', description: 'count nothing' },
  ],
  examples: [
    { command: 'count Orders', explanation: 'Counts orders.' },
    {
      command: 'count --limit 5',
      explanation: 'Counts up to five.',
    },
  ],
  exitCodes: { 0: 'all was counted', 1: 'there was more' },
  run: async ({ options, output, region, arguments: tables }) => {
    for (let at = 1; at <= Number(options['limit']); at++) {
      output.line(`${at} ${tables.join(' ')}`);
      if (at % 100 === 0) await pause(0);
    }
    output.note('counted');
    output.json({ type: 'summary', region, tables });
    return options['dryRun'] === true ? 1 : 0;
  },
};

/** A command that reads the parameter, so that AWS is asked. */
export const read: OperatorCommand = {
  name: 'read',
  summary: 'reads the parameter',
  description: 'Reads it.',
  options: [],
  examples: [],
  run: async ({ parameter, output }) => {
    output.line(await readParameter(parameter));
    return 0;
  },
};

/** A command that says when it works, and works until it is interrupted; with `--deaf` for longer. */
export const wait: OperatorCommand = {
  name: 'wait',
  summary: 'waits',
  description: 'Waits.',
  options: [{ flags: '--deaf', description: 'do not listen' }],
  examples: [],
  run: async ({ options, output, interrupted }) => {
    output.line('waiting');
    if (options['deaf'] === true) await pause(60_000);
    await pause(60_000, undefined, { signal: interrupted }).catch(() => output.line('done'));
    interrupted.throwIfAborted();
    return 0;
  },
};

export const sampleCommands: readonly OperatorCommand[] = [count, read, wait];
