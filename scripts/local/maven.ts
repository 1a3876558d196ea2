import { readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached, type Environment } from './cache.ts';
import { run } from './command.ts';
import type { Jdk } from './jdk.ts';

/** The sets of jars this project needs, each named after the directory of its committed pom. */
export type JarSet = 'opensearch-3.8' | 'opensearch-2.19' | 'dynamodb-local';

const missingMaven =
  'Apache Maven fetches OpenSearch and DynamoDB Local, and no mvn was found in PATH: install it (apt-get install maven, brew install maven) and run the command again.';

/** Path of the directory with the jars of a committed pom, fetched with Maven the first time. */
export const jarsOf = (jarSet: JarSet, jdk: Jdk, environment: Environment): Promise<string> => {
  const pom = join(import.meta.dirname, 'poms', jarSet, 'pom.xml');
  const entry = {
    name: jarSet,
    recipe: readFileSync(pom, 'utf8'),
    fill: (directory: string) => fetchJars(pom, directory, { ...environment, JAVA_HOME: jdk.home }),
  };
  return cached(entry, environment);
};

const fetchJars = async (
  pom: string,
  directory: string,
  environment: Environment,
): Promise<void> => {
  await copyFile(pom, join(directory, 'pom.xml'));
  await run({
    program: 'mvn',
    arguments: [
      '--batch-mode',
      '--quiet',
      `--file=${join(directory, 'pom.xml')}`,
      // Pinned, since Maven would choose it by its own version.
      'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies',
      `-DoutputDirectory=${directory}`,
    ],
    environment,
    missing: missingMaven,
  });
};
