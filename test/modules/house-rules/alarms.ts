import type { Block } from '../../../scripts/docs/hcl.ts';
import { type Rule, ruleOfBlocks, textOf } from './rule.ts';

/** The headings of a Markdown text on the second level. */
export const headingsOf = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading);

/** The heading of docs/operations.md that an alarm names, and the anchor of its link; undefined when it names none. */
export const helpOf = ({
  body,
}: Block): { readonly heading: string; readonly anchor: string } | undefined => {
  const text = textOf(body, 'alarm_description');
  const [, heading, anchor] =
    /See "([^"]+)" in docs\/operations\.md#([\w-]+)\.$/.exec(text.replaceAll('\\"', '"')) ?? [];
  return heading === undefined || anchor === undefined ? undefined : { heading, anchor };
};

const anchorOf = (heading: string): string => heading.toLowerCase().replaceAll(' ', '-');

const isAlarm = ({ labels }: Block): boolean => /^aws_cloudwatch_\w*alarm$/.test(labels[0] ?? '');

const alarm = (description: string): string =>
  `resource "aws_cloudwatch_metric_alarm" "a" {\n  alarm_description = "${description}"\n}`;

/** Rules about alarms, given the headings under which there is help. */
export const alarmRules = (headings: readonly string[]): readonly Rule[] => [
  ruleOfBlocks(
    'resource',
    'every alarm says what is wrong, and under which heading of docs/operations.md there is help',
    (resource) => {
      if (!isAlarm(resource)) return undefined;
      const help = helpOf(resource);
      if (help === undefined) return 'names no heading';
      if (!headings.includes(help.heading))
        return `names a heading that is not there: ${help.heading}`;
      return help.anchor === anchorOf(help.heading) ? undefined : `links to #${help.anchor}`;
    },
    [
      [
        'resource "aws_cloudwatch_metric_alarm" "a" {\n}',
        'resource.aws_cloudwatch_metric_alarm.a names no heading',
      ],
      [
        alarm('Something is wrong. See \\"Nowhere\\" in docs/operations.md#nowhere.'),
        'resource.aws_cloudwatch_metric_alarm.a names a heading that is not there: Nowhere',
      ],
      [
        alarm(`Something is wrong. See \\"${headings[0]}\\" in docs/operations.md#elsewhere.`),
        'resource.aws_cloudwatch_metric_alarm.a links to #elsewhere',
      ],
    ],
  ),
];
