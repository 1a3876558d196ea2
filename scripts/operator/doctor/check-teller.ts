import type { GroupedCheck } from '../../../function/src/operator/doctor/check.ts';
import { wrapped } from '../../terminal/text.ts';
import type { CommandInvocation, ExitCode } from '../operator-command.ts';
import { checkLines } from './check-lines.ts';
import { isUntold, tallyLine, tallyOf } from './tally.ts';

/** Tells of checks as they come in, and in the end how they came out. */
export type CheckTeller = {
  readonly tell: (check: GroupedCheck) => void;
  /** A line above all that follows. */
  readonly headline: (text: string) => void;
  readonly end: () => ExitCode;
};

/** Begins to tell, to people or to machines. */
export const checkTeller = ({
  output,
  parameter,
}: Pick<CommandInvocation, 'output' | 'parameter'>): CheckTeller => {
  const checks: GroupedCheck[] = [];
  output.progress([LOOKING]);
  return {
    tell: (check) => {
      const canvas = { columns: output.columns, style: output.style, parameter };
      for (const line of checkLines(check, checks.at(-1), canvas)) output.line(line);
      output.json({ type: 'check', ...check });
      checks.push(check);
      output.progress([LOOKING]);
    },
    headline: (text) => {
      for (const line of ['', ...wrapped(text, output.columns)]) output.line(line);
    },
    end: () => {
      output.progress([]);
      const tally = tallyOf(checks);
      const isKnown = !isUntold(checks);
      const verdict = isKnown ? tallyLine(tally) : UNTOLD;
      for (const line of ['', ...wrapped(verdict, output.columns)]) output.line(line);
      output.json({ type: 'summary', ...tally });
      if (!isKnown) return 2;
      return tally.wrong === 0 ? 0 : 1;
    },
  };
};

const UNTOLD = 'Without access to AWS it cannot be told whether anything is wrong.';

const LOOKING = 'Looking further …';
