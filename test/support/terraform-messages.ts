import type { TerraformRun } from './terraform-program.ts';

/** What a plan, apply or destroy came to, read from what terraform writes for machines. */
export type MachineRun = {
  readonly exitCode: number;
  /** What was planned for resources, sorted: `update module.sync.aws_ssm_parameter.this`. */
  readonly changes: readonly string[];
  readonly problems: readonly Problem[];
  /** Everything that was written, for the message of a failed expectation. */
  readonly text: string;
};

/** An error or a warning. */
export type Problem = {
  readonly severity: 'error' | 'warning';
  /** Its headline and its explanation, unwrapped. */
  readonly text: string;
};

/** Reads the lines of `-json`: https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
export const readMachineRun = ({ exitCode, stdout, stderr }: TerraformRun): MachineRun => {
  const messages = stdout.split('\n').flatMap(messageIn);
  return {
    exitCode,
    changes: messages.flatMap(changeIn).toSorted(),
    problems: messages.flatMap(problemIn),
    text: `${messages.map(({ '@message': text }) => text).join('\n')}\n${stderr}`,
  };
};

type Message = {
  readonly '@message': string;
  readonly type: string;
  readonly change?: { readonly resource: { readonly addr: string }; readonly action: string };
  readonly diagnostic?: {
    readonly severity: Problem['severity'];
    readonly summary: string;
    readonly detail: string;
  };
};

// What cannot be read as such a line is one of a provider's or of terraform before it has read its options.
const messageIn = (line: string): readonly Message[] => {
  if (line === '') return [];
  try {
    return [JSON.parse(line)];
  } catch {
    return [{ '@message': line, type: 'unknown' }];
  }
};

// A data source that can only be read while applying changes nothing.
const changeIn = ({ type, change }: Message): readonly string[] =>
  type === 'planned_change' && change !== undefined && change.action !== 'read'
    ? [`${change.action} ${change.resource.addr}`]
    : [];

const problemIn = ({ diagnostic }: Message): readonly Problem[] => {
  if (diagnostic === undefined) return [];
  const { severity, summary, detail } = diagnostic;
  return [{ severity, text: `${summary}: ${detail}` }];
};
