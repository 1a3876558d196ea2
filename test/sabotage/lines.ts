import { counted } from '../../scripts/terminal/figures.ts';
import type { Sabotage } from './sabotage.ts';
import type { Verdict } from './verdict.ts';

/** What is about to be done. */
export const heading = (sabotages: number, files: number): string =>
  `${counted(sabotages, 'sabotage')}, ${counted(files, 'test file')}, which must pass first\n`;

/** What came of one sabotage, and how long that took. */
export const row = ({ what, file }: Sabotage, verdict: Verdict, milliseconds: number): string => {
  const seconds = `${Math.round(milliseconds / 1000)} s`.padStart(6);
  return `${MARKS[verdict.kind]} ${what} (${file})\n${seconds}  ${explanation(verdict)}`;
};

const MARKS = { caught: '✓', survived: '✗', unclear: '?' } as const satisfies Record<
  Verdict['kind'],
  string
>;

const explanation = (verdict: Verdict): string => {
  switch (verdict.kind) {
    case 'caught':
      return `caught by ${among(verdict.by)}`;
    case 'survived':
      return 'NO TEST NOTICES: write one';
    case 'unclear':
      return `PROVES NOTHING: ${verdict.why}`;
  }
};

const among = ([first = '', ...others]: readonly string[]): string =>
  others.length === 0 ? `"${first}"` : `"${first}" and ${counted(others.length, 'more test')}`;

/** How many sabotages were caught. */
export const summary = (verdicts: readonly Verdict[]): string => {
  const caught = verdicts.filter(({ kind }) => kind === 'caught').length;
  return `\n${caught} of ${counted(verdicts.length, 'sabotage')} caught`;
};
