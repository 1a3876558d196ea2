import type { GroupedCheck, Status } from '../../../function/src/operator/doctor/check.ts';
import { type Canvas, WIDEST_COLUMNS } from '../../terminal/canvas.ts';
import type { Style } from '../../terminal/style.ts';
import { wrapped } from '../../terminal/text.ts';
import { programName } from '../help.ts';

/** Where checks are shown. */
export type CheckCanvas = Canvas & {
  /** Name of the parameter, for commands to be complete. */
  readonly parameter: string;
};

/** The lines of a check, below those of the one before: with a heading where it is about something else. */
export const checkLines = (
  check: GroupedCheck,
  before: GroupedCheck | undefined,
  canvas: CheckCanvas,
): readonly string[] => {
  if (before?.group === check.group && before.subject === check.subject) {
    return resultLines(check, canvas);
  }
  const blank = before === undefined ? [] : [''];
  return [...blank, headingLine(check, canvas), ...resultLines(check, canvas)];
};

const headingLine = ({ group, subject }: GroupedCheck, { style }: Canvas): string => {
  const title = group[0]?.toUpperCase() + group.slice(1);
  return style.strong(subject === undefined ? title : `${title} ${subject}`);
};

const NAME_COLUMNS = 14;
const NARROW_COLUMNS = 60;

/** Its name and finding, and below that the cure. */
const resultLines = (check: GroupedCheck, canvas: CheckCanvas): readonly string[] => {
  const { columns, style } = canvas;
  const width = Math.min(columns, WIDEST_COLUMNS);
  const isNarrow = columns < NARROW_COLUMNS;
  const indent = ' '.repeat(isNarrow ? 4 : NAME_COLUMNS + 6);
  const finding = check.status === 'skipped' ? `skipped: ${check.finding}` : check.finding;
  const name = isNarrow ? '' : `${check.name.padEnd(NAME_COLUMNS)}  `;
  const text = isNarrow ? `${check.name}: ${finding}` : finding;
  const [first = '', ...others] = wrapped(text, width, indent);
  const begin = `  ${markOf(check.status, style)} ${name}${first.trimStart()}`;
  return [begin, ...others, ...cureLines(check, { indent, width, canvas })];
};

const markOf = (status: Status, style: Style): string => {
  switch (status) {
    case 'ok':
      return style.good('✓');
    case 'warning':
      return style.doubtful('!');
    case 'wrong':
      return style.bad('✗');
    case 'skipped':
      return style.quiet('·');
  }
};

type Layout = { readonly indent: string; readonly width: number; readonly canvas: CheckCanvas };

const cureLines = ({ cure, heading }: GroupedCheck, layout: Layout): readonly string[] => {
  const { indent, width, canvas } = layout;
  const [first, ...others] = cure === undefined ? [] : cure.split('\n');
  const lines = first === undefined ? [] : [`→ ${first}`, ...others];
  const see =
    heading === undefined ? [] : wrapped(`→ docs/operations.md: ${heading}`, width, indent);
  return [
    ...lines.flatMap((line) =>
      line.startsWith('  ') ? [commandLine(line.trim(), layout)] : wrapped(line, width, indent),
    ),
    ...see.map(canvas.style.quiet),
  ];
};

/** A command stands in one line, however long, so that it can be pasted. */
const commandLine = (command: string, { indent, width, canvas }: Layout): string => {
  const isOurs = command.startsWith(`npx ${programName} `);
  const whole = isOurs ? `${command} --parameter ${canvas.parameter}` : command;
  const line = `${indent}  ${whole}`;
  return line.length <= width ? line : `    ${whole}`;
};
