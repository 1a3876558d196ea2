import { execFileSync } from 'node:child_process';

interface Listed {
  readonly pid: number;
  readonly parent: number;
  readonly isZombie: boolean;
}

/** The ids of all processes that the process started, and that those started. */
export const descendantsOf = (pid: number): readonly number[] => {
  const all = list();
  const below = (parent: number): readonly number[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one.pid, ...below(one.pid)]);
  return below(pid);
};

/** Those of the processes that still run; one that nobody has collected yet does not. */
export const running = (pids: readonly number[]): readonly number[] =>
  list()
    .filter(({ pid, isZombie }) => pids.includes(pid) && !isZombie)
    .map(({ pid }) => pid);

const list = (): readonly Listed[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => {
      const [pid, parent, state = ''] = line.trim().split(/\s+/);
      return { pid: Number(pid), parent: Number(parent), isZombie: state.startsWith('Z') };
    });
