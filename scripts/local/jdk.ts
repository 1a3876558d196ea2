import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Environment } from './cache.ts';

/** A Java development kit on this machine. */
export interface Jdk {
  readonly home: string;
  readonly java: string;
  readonly majorVersion: number;
  /** As its release file or `java -version` gives it: 21.0.5. */
  readonly version: string;
}

/** Which JDK somebody needs, and who that is. */
export interface JdkNeed {
  readonly neededBy: string;
  readonly minimumVersion: number;
  readonly maximumVersion?: number;
}

/** The directories in which systems keep JDKs, each either a JDK or a directory of them. */
export const systemJdkDirectories: readonly string[] = [
  '/usr/lib/jvm',
  '/usr/java',
  '/opt/java',
  '/opt',
  '/Library/Java/JavaVirtualMachines',
  join(homedir(), 'Library/Java/JavaVirtualMachines'),
  join(homedir(), '.sdkman/candidates/java'),
  '/opt/homebrew/opt',
  '/usr/local/opt',
  '/home/linuxbrew/.linuxbrew/opt',
];

/** The first JDK that fits, looked for in JAVA_HOME (and JAVA_HOME_…), PATH and the system's directories; throws one sentence with the cure. */
export const findJdk = (
  need: JdkNeed,
  environment: Environment,
  systemDirectories: readonly string[] = systemJdkDirectories,
): Jdk => {
  for (const home of candidateHomes(environment, systemDirectories)) {
    const jdk = jdkAt(home);
    if (jdk !== undefined && fits(jdk, need)) return jdk;
  }
  throw new Error(missingJdk(need));
};

const fits = ({ majorVersion }: Jdk, need: JdkNeed): boolean =>
  majorVersion >= need.minimumVersion &&
  majorVersion <= (need.maximumVersion ?? Number.POSITIVE_INFINITY);

function* candidateHomes(
  environment: Environment,
  directories: readonly string[],
): Generator<string> {
  for (const [name, home] of Object.entries(environment)) {
    if (/^JAVA_HOME($|_)/.test(name) && home) yield home;
  }
  for (const directory of (environment['PATH'] ?? '').split(delimiter)) {
    const java = join(directory, 'java');
    if (directory && existsSync(java)) yield dirname(dirname(realpathSync(java)));
  }
  for (const directory of directories) yield* homesIn(directory);
}

function* homesIn(directory: string): Generator<string> {
  if (!existsSync(directory)) return;
  for (const name of readdirSync(directory).sort()) {
    const home = join(directory, name);
    yield home;
    yield join(home, 'Contents/Home');
    yield join(home, 'libexec/openjdk.jdk/Contents/Home');
    yield join(home, 'libexec');
  }
}

// A runtime without the compiler will not do: the servers are started from their Java source.
const jdkAt = (home: string): Jdk | undefined => {
  const java = join(home, 'bin/java');
  if (!existsSync(java) || !existsSync(join(home, 'bin/javac'))) return undefined;
  const version = versionInReleaseFile(home) ?? versionPrinted(java);
  if (version === undefined) return undefined;
  return { home, java, version, majorVersion: majorVersionOf(version) };
};

const versionInReleaseFile = (home: string): string | undefined => {
  const file = join(home, 'release');
  if (!existsSync(file)) return undefined;
  return /^JAVA_VERSION="([^"]+)"/m.exec(readFileSync(file, 'utf8'))?.[1];
};

const versionPrinted = (java: string): string | undefined =>
  /version "([^"]+)"/.exec(spawnSync(java, ['-version'], { encoding: 'utf8' }).stderr ?? '')?.[1];

// Java 8 calls itself 1.8.
const majorVersionOf = (version: string): number =>
  Number.parseInt(version.replace(/^1\./, ''), 10);

const missingJdk = ({ neededBy, minimumVersion, maximumVersion }: JdkNeed): string => {
  const range =
    maximumVersion === undefined
      ? `${minimumVersion} or newer`
      : `${minimumVersion} to ${maximumVersion}`;
  return `${neededBy} needs a JDK of version ${range}, and none was found in JAVA_HOME, PATH or the usual directories: install one (apt-get install openjdk-${minimumVersion}-jdk, brew install openjdk@${minimumVersion}) and run the command again.`;
};
