/** Who does something, or has something done to it. */
export type Actor =
  | 'table'
  | 'stream'
  | 'mapping'
  | 'function'
  | 'OpenSearch'
  | 'S3'
  | 'SSM'
  | 'DynamoDB'
  | 'operator'
  | 'world';

/** What happened, in the order in which it did, for whoever has to find out why. */
export type Timeline = {
  readonly note: (actor: Actor, text: string) => void;
  /** One line an entry: milliseconds since the beginning, actor, what happened. */
  readonly text: () => string;
};

/** A timeline that begins now. */
export const startTimeline = (): Timeline => {
  const start = performance.now();
  const lines: string[] = [];
  let last = ''; // what happens over and over is told once
  return {
    note: (actor, text) => {
      const what = `${actor.padEnd(10)}  ${text}`;
      if (what === last) return;
      last = what;
      lines.push(`${(performance.now() - start).toFixed(0).padStart(6)}  ${what}`);
    },
    text: () => lines.join('\n'),
  };
};
