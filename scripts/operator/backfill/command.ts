import { MOST_SEGMENTS } from '../../../function/src/operator/backfill/segments.ts';
import { positiveNumber, wholeNumber } from '../numbers.ts';
import type { OperatorCommand } from '../operator-command.ts';
import { isRemote, remoteOptions } from '../remote/options.ts';
import { MOST_WORKERS, USUAL_WORKERS } from './segments.ts';
import { STATE_DIRECTORY } from './state-directory.ts';

/** `backfill`: writes every item of a table into its index. */
export const backfill: OperatorCommand = {
  name: 'backfill',
  summary: 'writes every item of a table into its index, while the stream runs',
  description:
    'Reads a table in parallel and consistently, makes the documents that the function would make, and writes those that the index does not hold newer already. The function may go on following the stream all the while. It slows down when the table or OpenSearch is throttled, stores how far it is, and goes on from there with --resume, however it ended. What OpenSearch refuses for good lies in the dead-letter bucket.',
  argument: { name: '[tables...]', description: 'names of tables in the configuration' },
  options: [
    { flags: '--all', description: 'every table of the configuration, one after the other' },
    {
      flags: '--segments <n>',
      description: `parts into which the table is cut, up to ${MOST_WORKERS} of them read at once; else about one a gigabyte, ${USUAL_WORKERS} at once`,
      parse: wholeNumber({ upTo: MOST_SEGMENTS }),
    },
    {
      flags: '--rate <items/s>',
      description: 'read at most so many items a second; else as many as table and OpenSearch take',
      parse: positiveNumber(),
    },
    {
      flags: '--resume',
      description: 'go on where an earlier backfill has ended, if there is one',
    },
    { flags: '--restart', description: 'begin anew, whatever an earlier backfill has left' },
    {
      flags: '--state <place>',
      description: `directory, or s3://bucket/prefix, that keeps how far it is; ${STATE_DIRECTORY} unless said`,
    },
    ...remoteOptions,
  ],
  examples: [
    { command: 'backfill Orders', explanation: 'Fills the index of one table.' },
    {
      command: 'backfill Orders --resume',
      explanation: 'Goes on after Ctrl-C, a crash or a lost connection; nothing is left out.',
    },
    {
      command: 'backfill Orders --rate 500',
      explanation: 'Leaves the rest of the capacity of table and cluster to others.',
    },
    {
      command: 'backfill --all --resume --state s3://shop-prod-operations/backfill',
      explanation: 'Every table, from a machine that may go away: another one goes on.',
    },
    {
      command: 'backfill Orders --remote',
      explanation:
        'Inside AWS, next to a domain in a VPC, and for tables of any size: Ctrl-C leaves it running, --remote --follow comes back.',
    },
  ],
  exitCodes: {
    0: 'every item was written, or the index holds something newer',
    1: 'some items were rejected and lie in the dead-letter bucket',
  },
  run: async (invocation) => {
    if (isRemote(invocation)) {
      const { runRemotely } = await import('../remote/run-remotely.ts');
      const { remoteBackfill } = await import('../remote/backfill.ts');
      return runRemotely(remoteBackfill, invocation);
    }
    // AWS's clients take a moment to load, which --help need not wait for.
    const { backfillTables } = await import('./backfill-tables.ts');
    return backfillTables(invocation);
  },
};
