import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cacheDirectory, type Environment } from './cache.ts';
import type { Jdk } from './jdk.ts';
import type { Ending } from './process.ts';

/** What a JVM has to do with the archive of its loaded classes: start from one if there is one, and perhaps leave one behind. */
export interface ClassArchive {
  readonly jvmArguments: readonly string[];
  /** True if the JVM writes the archive when it ends, which takes some seconds more. */
  readonly isWritten: boolean;
  /** To be called when the JVM is gone, with how it went: makes what it wrote available to the next one. */
  readonly keep: (ending: Ending) => void;
}

/** Java's own archive of loaded classes (AppCDS): with it a server starts in less than half the time. */
export const classArchive = (
  jars: string,
  jdk: Jdk,
  mayWrite: boolean,
  environment: Environment,
): ClassArchive => {
  const directory = join(cacheDirectory(environment), 'class-archives');
  const file = join(directory, `${basename(jars)}-jdk-${jdk.version}.jsa`);
  if (existsSync(file)) return reading(file);
  if (!mayWrite) return { jvmArguments: [], isWritten: false, keep: () => undefined };
  mkdirSync(directory, { recursive: true });
  return writing(file);
};

const reading = (file: string): ClassArchive => ({
  jvmArguments: [`-XX:SharedArchiveFile=${file}`],
  isWritten: false,
  keep: () => undefined,
});

// Under another name until it is whole: a JVM that is killed leaves half a file.
const writing = (file: string): ClassArchive => {
  const partial = `${file}.${process.pid}.partial`;
  return {
    jvmArguments: [`-XX:ArchiveClassesAtExit=${partial}`],
    isWritten: true,
    keep: (ending) => {
      if (ending === 'killed') rmSync(partial, { force: true });
      else if (existsSync(partial)) renameSync(partial, file);
    },
  };
};
