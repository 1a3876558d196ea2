import { isServerless } from '../../../function/src/configuration/configuration.ts';
import type { Table } from '../../../function/src/core/table.ts';
import type { OperatorEnvironment } from '../../../function/src/operator/environment.ts';
import { noteConversion } from '../../../function/src/operator/note-conversion.ts';
import { isMended, isProved } from '../../../function/src/operator/verify/verdict.ts';
import {
  newCounts,
  type VerificationCounts,
} from '../../../function/src/operator/verify/verification.ts';
import { chooseTables } from '../choose-tables.ts';
import { type HindranceNote, hindranceNote } from '../hindrance-note.ts';
import type { CommandInvocation, ExitCode, OperatorCommand } from '../operator-command.ts';
import { isRemote, remoteOptions, resumeOption } from '../remote/options.ts';
import { speedMeter } from '../speed.ts';
import { whileShown } from '../while-shown.ts';
import { differenceLines } from './difference-lines.ts';
import { verifyCommandOptions, type Wishes, wishesIn } from './options.ts';
import { type Course, progressLines, standingLine } from './progress-lines.ts';
import { summaryRecord, tableRecord } from './records.ts';
import { verdictLines } from './verdict-lines.ts';

/** `verify`: whether indexes equal their tables, key by key, and what to do where they do not. */
export const verify: OperatorCommand = {
  name: 'verify',
  summary: 'compares tables with their indexes, item by item, and repairs',
  description:
    'Reads every item and holds it against its document, digit by digit, and looks for the item of every document. What differs is looked at again until a change on its way would have arrived, so the stream may go on. Missing: an item without its document. Extra: a document without its item. Stale: a document that is not what its item says.',
  argument: { name: '[tables...]', description: 'tables to verify, by their DynamoDB names' },
  options: verifyCommandOptions,
  examples: [
    {
      command: 'verify Orders',
      explanation: 'Reads the table once, consistently, and says ✓ or ✗.',
    },
    {
      command: 'verify Orders --repair',
      explanation:
        'Makes each document that differs what the table holds, while the function goes on.',
    },
    {
      command: 'verify Orders --sample 1',
      explanation: 'For about a hundredth of the read units: finds what is often wrong.',
    },
    {
      command: 'verify --all --json',
      explanation: 'For machines: a line of JSON for each difference, the last one a summary.',
    },
    {
      command: 'verify --all --remote',
      explanation:
        'Inside AWS, next to a domain in a VPC, and for tables of any size: Ctrl-C leaves it running, --remote --follow comes back.',
    },
  ],
  exitCodes: {
    0: 'each index equals its table, or does so now',
    1: 'they differ, and how was listed',
  },
  run: (invocation) => run(invocation),
};

const run = async (invocation: CommandInvocation): Promise<ExitCode> => {
  if (!isRemote(invocation, [...remoteOptions, resumeOption])) return verifyHere(invocation);
  const { runRemotely } = await import('../remote/run-remotely.ts');
  const { remoteVerify } = await import('../remote/verify.ts');
  return runRemotely(remoteVerify, invocation);
};

const verifyHere = async (invocation: CommandInvocation): Promise<ExitCode> => {
  const { output, interrupted } = invocation;
  const wishes = wishesIn(invocation);
  const { openEnvironment } = await import('../open-environment.ts');
  const environment = await openEnvironment(invocation);
  const { configuration } = environment;
  const tables = chooseTables(invocation.arguments, configuration, { all: wishes.isAll });
  const verified: VerificationCounts[] = [];
  try {
    for (const table of tables) {
      const counts = newCounts();
      verified.push(counts);
      await verifyOne(table, counts, { ...invocation, environment, wishes }).catch((error) => {
        if (interrupted.aborted) output.note(standingLine(table.name, counts));
        throw error;
      });
    }
  } catch (error) {
    output.json(summaryRecord(verified, 'unknown'));
    throw error;
  }
  const areMended = verified.every(isMended);
  output.json(summaryRecord(verified, areMended ? 'equal' : 'different'));
  return areMended ? 0 : 1;
};

type Surroundings = CommandInvocation & {
  readonly environment: OperatorEnvironment;
  readonly wishes: Wishes;
};

const verifyOne = async (
  table: Table,
  counts: VerificationCounts,
  { output, interrupted, parameter, environment, wishes }: Surroundings,
): Promise<void> => {
  const { verifyTable } = await import('../../../function/src/operator/verify/verify-table.ts');
  const { authentication } = environment.configuration;
  const lines = differenceLines(output, wishes.isVerbose);
  const expectedItems = await itemsExpectedIn(table, wishes);
  const hindrance = hindranceNote();
  await whileShown(output, progressOf(table, { counts, expectedItems, hindrance }), () =>
    verifyTable(table, wishes, {
      ...environment,
      counts,
      isServerless: isServerless(authentication),
      signal: interrupted,
      onHindrance: hindrance.tell,
      onDifference: lines.difference,
      onUnrepaired: lines.unrepaired,
    }),
  );
  if (isProved(counts, wishes) && !(await noteConversion(table, environment.send))) {
    output.note(`${table.index}: OpenSearch did not take the note for doctor that it is proved.`);
  }
  const outcome = { table: table.name, counts, wishes, parameter, unshown: lines.unshown() };
  for (const line of verdictLines(outcome, output)) output.line(line);
  output.json(tableRecord(table, counts));
};

/** Tells how far it is, each time it is called. */
const progressOf = (
  { name: table }: Table,
  { counts, expectedItems, hindrance }: Shown,
): (() => readonly string[]) => {
  const speed = speedMeter();
  return () =>
    progressLines({
      table,
      counts,
      expectedItems,
      itemsPerSecond: speed(counts.items),
      hindrance: hindrance.text(),
    });
};

type Shown = Pick<Course, 'counts' | 'expectedItems'> & { readonly hindrance: HindranceNote };

/** About how many items will be read; undefined where DynamoDB does not say, which is no matter. */
const itemsExpectedIn = async (
  { name }: Table,
  { samplePercent = 100 }: Wishes,
): Promise<number | undefined> => {
  const { describeTable } = await import('../../../function/src/aws/table-description.ts');
  const described = await describeTable(name).catch(() => undefined);
  return described && Math.round((described.itemCount * samplePercent) / 100);
};
