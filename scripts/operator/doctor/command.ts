import { createLog } from '../../../function/src/log.ts';
import type { CommandInvocation, ExitCode, OperatorCommand } from '../operator-command.ts';
import { isRemote, remoteOption } from '../remote/options.ts';
import { checkTeller } from './check-teller.ts';

/** `doctor`: looks at everything, writes nothing. */
export const doctor: OperatorCommand = {
  name: 'doctor',
  summary: 'looks for what is wrong, or soon will be, and says what to do',
  description:
    'Checks everything between the credentials and the last index setting: who we are, the parameter, the clock, each table with its stream and event source mapping, OpenSearch, each index, and whether dead letters wait. Each check is a line with ✓, ! or ✗ and, below it, the cure. Nothing is written, except by --probe.',
  options: [
    {
      flags: '--probe',
      description:
        'also prove on one throw-away document that this OpenSearch keeps the version rules',
      defaultValue: false,
    },
    remoteOption,
  ],
  examples: [
    { command: 'doctor', explanation: 'Before the first backfill, and whenever something is odd.' },
    {
      command: 'doctor --probe',
      explanation:
        'Once for each new cluster or collection: writes a document to an index of its own and removes both.',
    },
    {
      command: 'doctor --remote',
      explanation:
        'For a domain in a VPC, which nothing reaches from here: the function of modules/operations looks, as itself.',
    },
    {
      command: 'doctor --json',
      explanation: 'For machines: a line of JSON for each check. Fails a pipeline by its status.',
    },
  ],
  exitCodes: { 0: 'nothing is wrong (no ✗)', 1: 'something is wrong' },
  run: (invocation) => run(invocation),
};

const run = async (invocation: CommandInvocation): Promise<ExitCode> => {
  if (!isRemote(invocation, [remoteOption])) return examineHere(invocation);
  const { examineRemotely } = await import('../remote/doctor.ts');
  return examineRemotely(invocation);
};

const examineHere = async (invocation: CommandInvocation): Promise<ExitCode> => {
  const { parameter, region, options, interrupted } = invocation;
  const { examine } = await import('../../../function/src/operator/doctor/doctor.ts');
  const isProbing = options['probe'] === true;
  // What the engines would log is what the checks say.
  const log = createLog('ERROR', () => undefined);
  const teller = checkTeller(invocation);
  const examination = { parameter, region, log, isProbing, signal: interrupted };
  for await (const check of examine(examination)) {
    interrupted.throwIfAborted();
    teller.tell(check);
  }
  return teller.end();
};
