import { spawnSync } from 'node:child_process';

/** Runs a Python program with `input` on its standard input, and returns what it prints. */
export const runPython = (program: string, input: string, executable = 'python3'): string => {
  const { error, status, stdout, stderr } = spawnSync(executable, ['-c', program], {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error !== undefined) {
    throw new Error(
      `The tests compare with a real Python, and "${executable}" cannot be run. Install Python 3 so that it is on the PATH.`,
      { cause: error },
    );
  }
  if (status !== 0) throw new Error(`The Python program failed: ${stderr}`);
  return stdout;
};
