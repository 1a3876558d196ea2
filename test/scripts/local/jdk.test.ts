import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findJdk } from '../../../scripts/local/jdk.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const need = { neededBy: 'OpenSearch', minimumVersion: 21 };

/** A directory that looks like a JDK of this version, or like a runtime without the compiler. */
const jdkOf = (
  version: string,
  home = temporaryDirectory(),
  programs = ['java', 'javac'],
): string => {
  mkdirSync(join(home, 'bin'), { recursive: true });
  for (const program of programs) writeFileSync(join(home, 'bin', program), '');
  writeFileSync(join(home, 'release'), `IMPLEMENTOR="Test"\nJAVA_VERSION="${version}"\n`);
  return home;
};

const directoryInPath = (jdkHome: string): string => {
  const directory = temporaryDirectory();
  symlinkSync(join(jdkHome, 'bin/java'), join(directory, 'java'));
  return directory;
};

test('JAVA_HOME comes before PATH, and PATH before the directories of the system', () => {
  const [home, inPath, inSystem] = [jdkOf('21.0.1'), jdkOf('21.0.2'), temporaryDirectory()];
  jdkOf('21.0.3', join(inSystem, 'jdk-21'));
  const path = directoryInPath(inPath);
  expect(findJdk(need, { JAVA_HOME: home, PATH: path }, [inSystem]).version).toBe('21.0.1');
  expect(findJdk(need, { PATH: path }, [inSystem]).version).toBe('21.0.2');
  expect(findJdk(need, {}, [inSystem]).version).toBe('21.0.3');
});

test('a JDK of another version is passed over', () => {
  const environment = { JAVA_HOME: jdkOf('17.0.9'), PATH: directoryInPath(jdkOf('25.0.3')) };
  expect(findJdk(need, environment, []).majorVersion).toBe(25);
  const upTo24 = { ...need, minimumVersion: 17, maximumVersion: 24 };
  expect(findJdk(upTo24, environment, []).majorVersion).toBe(17);
});

test('the version of Java 8 is 8', () => {
  const environment = { JAVA_HOME: jdkOf('1.8.0_412') };
  expect(findJdk({ ...need, minimumVersion: 8 }, environment, []).majorVersion).toBe(8);
  expect(() => findJdk(need, environment, [])).toThrow();
});

test('a JDK without a release file is asked for its version', () => {
  const home = temporaryDirectory();
  mkdirSync(join(home, 'bin'));
  writeFileSync(join(home, 'bin/javac'), '');
  writeFileSync(join(home, 'bin/java'), '#!/bin/sh\necho \'openjdk version "22.0.2"\' >&2\n');
  chmodSync(join(home, 'bin/java'), 0o755);
  expect(findJdk(need, { JAVA_HOME: home }, []).version).toBe('22.0.2');
});

test('the ways in which macOS, Homebrew and GitHub lay JDKs out are known', () => {
  const [macOs, homebrew] = [temporaryDirectory(), temporaryDirectory()];
  jdkOf('21.0.4', join(macOs, 'temurin-21.jdk/Contents/Home'));
  jdkOf('21.0.5', join(homebrew, 'openjdk@21/libexec/openjdk.jdk/Contents/Home'));
  expect(findJdk(need, {}, [macOs]).version).toBe('21.0.4');
  expect(findJdk(need, {}, [homebrew]).version).toBe('21.0.5');
  expect(findJdk(need, { JAVA_HOME_21_X64: jdkOf('21.0.6') }, []).version).toBe('21.0.6');
});

test('a runtime without the compiler is no JDK', () => {
  const home = jdkOf('21.0.1', temporaryDirectory(), ['java']);
  expect(() => findJdk(need, { JAVA_HOME: home }, [])).toThrow();
});

test('a missing JDK is one sentence with the cure', () => {
  expect(() => findJdk(need, { PATH: '', JAVA_HOME: '/nowhere' }, [])).toThrow(
    /^OpenSearch needs a JDK of version 21 or newer, and none was found in JAVA_HOME, PATH or the usual directories: install one \(apt-get install openjdk-21-jdk, brew install openjdk@21\) and run the command again\.$/,
  );
  expect(() => findJdk({ ...need, maximumVersion: 24 }, {}, [])).toThrow('of version 21 to 24,');
});
