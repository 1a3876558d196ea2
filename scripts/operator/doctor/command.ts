import { createLog } from '../../../function/src/log.ts';
import type { GroupedCheck } from '../../../function/src/operator/doctor/check.ts';
import { wrapped } from '../../terminal/text.ts';
import type { CommandInvocation, ExitCode, OperatorCommand } from '../operator-command.ts';
import { checkLines } from './check-lines.ts';
import { tallyLine, tallyOf } from './tally.ts';

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
  ],
  examples: [
    { command: 'doctor', explanation: 'Before the first backfill, and whenever something is odd.' },
    {
      command: 'doctor --probe',
      explanation:
        'Once for each new cluster or collection: writes a document to an index of its own and removes both.',
    },
    {
      command: 'doctor --json',
      explanation: 'For machines: a line of JSON for each check. Fails a pipeline by its status.',
    },
  ],
  exitCodes: { 0: 'nothing is wrong (no ✗)', 1: 'something is wrong' },
  run: (invocation) => run(invocation),
};

const run = async ({
  parameter,
  region,
  options,
  output,
  interrupted,
}: CommandInvocation): Promise<ExitCode> => {
  const { examine } = await import('../../../function/src/operator/doctor/doctor.ts');
  const checks: GroupedCheck[] = [];
  const isProbing = options['probe'] === true;
  // What the engines would log is what the checks say.
  const log = createLog('ERROR', () => undefined);
  output.progress([LOOKING]);
  const examination = { parameter, region, log, isProbing, signal: interrupted };
  for await (const check of examine(examination)) {
    interrupted.throwIfAborted();
    show(check, checks.at(-1), { output, parameter });
    checks.push(check);
    output.progress([LOOKING]);
  }
  output.progress([]);
  const tally = tallyOf(checks);
  for (const line of ['', ...wrapped(tallyLine(tally), output.columns)]) output.line(line);
  output.json({ type: 'summary', ...tally });
  return tally.wrong === 0 ? 0 : 1;
};

const LOOKING = 'Looking further …';

const show = (
  check: GroupedCheck,
  before: GroupedCheck | undefined,
  { output, parameter }: Pick<CommandInvocation, 'output' | 'parameter'>,
): void => {
  const canvas = { columns: output.columns, style: output.style, parameter };
  for (const line of checkLines(check, before, canvas)) output.line(line);
  output.json({ type: 'check', ...check });
};
