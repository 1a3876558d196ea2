import type { Configuration } from '../../../function/src/configuration/configuration.ts';
import type { Refusal } from '../../../function/src/core/judge.ts';
import type { Table } from '../../../function/src/core/table.ts';
import { newCauseTally } from '../../../function/src/operator/replay/cause-tally.ts';
import {
  newReplayCounts,
  type ReplayOptions,
  type ReplayTools,
} from '../../../function/src/operator/replay/replay.ts';
import { chooseTables } from '../choose-tables.ts';
import { openEnvironment } from '../open-environment.ts';
import type { CommandInvocation, ExitCode, OperatorCommand, Output } from '../operator-command.ts';
import { isRemote, remoteOptions, resumeOption } from '../remote/options.ts';
import { speedMeter } from '../speed.ts';
import { whileShown } from '../while-shown.ts';
import { endingLines, exitCodeOf, progressLines, type Replayed, summaryOf } from './report.ts';
import { parseSince } from './since.ts';

/** `replay`: settles dead letters by what the table holds now. */
export const replay: OperatorCommand = {
  name: 'replay',
  summary: 'settles dead letters by what the tables hold now',
  description:
    'Takes the records that OpenSearch has rejected, and those that Lambda has given up, reads each item anew from its table, writes what is there now, and removes a letter only when that is done. Right at any age and while the stream runs; twice does no harm. What is still refused stays and is explained: by field, with the cure.',
  options: [
    {
      flags: '--table <names>',
      description: 'only letters of this table, or of these: with commas between them, or repeated',
      parse: (text, before) => [...(Array.isArray(before) ? before : []), ...text.split(',')],
    },
    {
      flags: '--since <time>',
      description:
        'only what was stored since a day (2026-03-01), a time in UTC (2026-03-01T14:30), or so long ago (90m, 24h, 7d)',
      parse: (text) => parseSince(text),
    },
    {
      flags: '--dry-run',
      description: 'settle nothing: only say which letters wait, and why',
      defaultValue: false,
    },
    resumeOption,
    ...remoteOptions,
  ],
  examples: [
    { command: 'replay', explanation: 'After the cause is mended: settles every letter.' },
    {
      command: 'replay --dry-run',
      explanation:
        'Which letters wait, summed up by cause, such as Orders.price: 214 × text where long is mapped.',
    },
    {
      command: 'replay --table Orders --since 24h',
      explanation: 'Only the letters of one table, and of them the ones of the last 24 hours.',
    },
    {
      command: 'replay --remote',
      explanation: 'Inside AWS, next to a domain in a VPC, however many letters there are.',
    },
  ],
  exitCodes: { 0: 'no letter is left', 1: 'letters are left, and are explained' },
  run: (invocation) => run(invocation),
};

const longestStandstillMilliseconds = 120_000;

const run = async (invocation: CommandInvocation): Promise<ExitCode> => {
  if (!isRemote(invocation, [...remoteOptions, resumeOption])) return replayHere(invocation);
  const { runRemotely } = await import('../remote/run-remotely.ts');
  const { remoteReplay } = await import('../remote/replay.ts');
  return runRemotely(remoteReplay, invocation);
};

const replayHere = async (invocation: CommandInvocation): Promise<ExitCode> => {
  const { options, output, interrupted } = invocation;
  // Clients of AWS open when they are imported, which nobody has to wait for who asks for help.
  const { replayLetters } = await import('../../../function/src/operator/replay/replay-letters.ts');
  const environment = await openEnvironment(invocation);
  const replayed = newReplayed(options['dryRun'] === true, environment.configuration);
  const chosen = optionsOf(options, environment.configuration);
  const tools = { ...environment, ...listeners(replayed, output), signal: interrupted };
  try {
    const stuck = await whileShown(output, progressOf(replayed), () =>
      replayLetters(chosen, tools),
    );
    for (const [table, refusal] of stuck) replayed.stuck.set(table, refusal);
    replayed.isFinished = !interrupted.aborted;
  } finally {
    // Where S3 failed, what was settled before is so; the failure itself is told after this.
    for (const line of endingLines(replayed, output)) output.line(line);
    output.json(summaryOf(replayed));
  }
  return exitCodeOf(replayed);
};

const newReplayed = (isDryRun: boolean, { deadLetter: { bucket } }: Configuration) => ({
  isDryRun,
  isFinished: false,
  bucket,
  counts: newReplayCounts(),
  tally: newCauseTally(),
  foreign: new Map<string, number>(),
  stuck: new Map<Table, Refusal | undefined>(),
});

const optionsOf = (
  { table, since, dryRun }: CommandInvocation['options'],
  configuration: Configuration,
): ReplayOptions => ({
  tables: Array.isArray(table) ? chooseTables(table, configuration, { all: false }) : undefined,
  since: since instanceof Date ? since : undefined,
  isDryRun: dryRun === true,
  patienceMilliseconds: longestStandstillMilliseconds,
});

const listeners = (
  { counts, tally, foreign }: ReturnType<typeof newReplayed>,
  { json }: Output,
): Pick<ReplayTools, 'counts' | 'onLeft' | 'onForeign'> => ({
  counts,
  onLeft: (left) => {
    const { cause, ...rest } = left;
    tally.add(cause, left.object);
    json({ type: 'left', ...rest, ...cause });
  },
  onForeign: (object, of) => {
    foreign.set(of, (foreign.get(of) ?? 0) + 1);
    json({ type: 'foreign', object, of });
  },
});

/** Tells how far it is, each time it is called. */
const progressOf = ({ counts }: Replayed): (() => readonly string[]) => {
  const speed = speedMeter();
  let moved = { at: performance.now(), done: 0 }; // when something was settled or refused last
  return () => {
    const at = performance.now();
    const done = counts.settled + counts.refused;
    if (done > moved.done) moved = { at, done };
    return progressLines(counts, {
      perSecond: speed(done),
      standstillMilliseconds: at - moved.at,
    });
  };
};
