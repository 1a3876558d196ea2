import type { Output } from './operator-command.ts';

const REDRAW_MILLISECONDS = 200;

/** Shows how far something is, now and again and again until it has ended, well or not. */
export const whileShown = async <Result>(
  { progress }: Pick<Output, 'progress'>,
  lines: () => readonly string[],
  work: () => Promise<Result>,
): Promise<Result> => {
  const show = () => progress(lines());
  show();
  const timer = setInterval(show, REDRAW_MILLISECONDS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    progress([]);
  }
};
