import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** What a command that has ended came to. */
export type CommandResult = {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** Waits for a command to end. */
export const resultOf = async (child: ChildProcess): Promise<CommandResult> => {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('the output of the command is not kept');
  const texts = Promise.all([text(stdout), text(stderr)]);
  const [status] = await once(child, 'exit');
  const [out, error] = await texts;
  return { status, stdout: out, stderr: error };
};
