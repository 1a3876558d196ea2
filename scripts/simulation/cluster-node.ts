import type { VirtualTime } from './virtual-time.ts';

/** Work for a node: so many milliseconds of one core, and what is done when it is finished. */
export interface Job {
  readonly milliseconds: number;
  readonly finish: () => void;
}

/** A node of the cluster: cores which take turns at receiving requests and at writing documents. */
export interface ClusterNode {
  /** Receiving goes before writing, and is never refused. */
  receive(job: Job): void;
  /** False when the queue of writes is full. */
  write(job: Job): boolean;
  queueLength(): number;
}

/** A node with so many cores, and room for so many writes that wait. */
export const createClusterNode = (
  time: VirtualTime,
  { cores, queueSize }: { readonly cores: number; readonly queueSize: number },
): ClusterNode => {
  const receiving = createQueue<Job>();
  const writing = createQueue<Job>();
  let idleCores = cores;
  // To fractions of a millisecond, which time does not know, so that no core idles between two jobs.
  const work = (job: Job, start: number): void => {
    const end = start + job.milliseconds;
    time.after(end - time.now(), () => {
      job.finish();
      const next = receiving.take() ?? writing.take();
      if (next === undefined) idleCores += 1;
      else work(next, end);
    });
  };
  const begin = (job: Job): void => {
    idleCores -= 1;
    work(job, time.now());
  };
  return {
    receive: (job) => (idleCores > 0 ? begin(job) : receiving.add(job)),
    write: (job) => {
      if (idleCores === 0 && writing.length() >= queueSize) return false;
      if (idleCores > 0) begin(job);
      else writing.add(job);
      return true;
    },
    queueLength: writing.length,
  };
};

/** First in, first out; taking does not move the others. */
const createQueue = <Member>() => {
  let members: Member[] = [];
  let first = 0;
  return {
    length: () => members.length - first,
    add: (member: Member): void => void members.push(member),
    take: (): Member | undefined => {
      const member = members[first];
      if (member === undefined) return undefined;
      first += 1;
      if (first > 1000 && first * 2 > members.length) {
        members = members.slice(first);
        first = 0;
      }
      return member;
    },
  };
};
