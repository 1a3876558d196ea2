/** The wish of a person, or of whoever started us, that we end. */
export interface Interruption {
  /** Resolves with the first such wish. */
  readonly wished: Promise<void>;
  /** Wishes it for another reason. */
  readonly wish: () => void;
}

/** What of a process can tell us to end. */
export interface Messenger {
  on(signal: string, listener: () => void): unknown;
  readonly ppid: number;
  readonly env: NodeJS.ProcessEnv;
}

// One Ctrl-C reaches us twice: from the terminal, and from npm, which passes on its own.
const sameWishMilliseconds = 500;
const parentCheckMilliseconds = 500;

/** Listens to SIGINT, SIGTERM and SIGHUP, and to the end of npm; a second signal, unless it is the echo of the first, calls `force`. */
export const listenForInterruption = (
  force: () => void,
  messenger: Messenger = process,
): Interruption => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let firstAt: number | undefined;
  const heed = () => {
    firstAt ??= performance.now();
    resolve();
    if (performance.now() - firstAt > sameWishMilliseconds) force();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) messenger.on(signal, heed);
  if (messenger.env['npm_lifecycle_event'] !== undefined) void orphaned(messenger).then(resolve);
  return { wished: promise, wish: resolve };
};

// npm sends its SIGTERM to a shell, which dies of it and tells us nothing.
const orphaned = (messenger: Messenger): Promise<void> =>
  new Promise((resolve) => {
    const parent = messenger.ppid;
    const check = setInterval(() => {
      if (messenger.ppid === parent) return;
      clearInterval(check);
      resolve();
    }, parentCheckMilliseconds);
    check.unref();
  });
