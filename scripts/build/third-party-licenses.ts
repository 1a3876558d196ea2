import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BundledPackage } from './bundled-packages.ts';

/** The text that ships beside bundles: each package in them, and in full what its licence wants passed on; throws one sentence if that is nowhere to be found. */
export const thirdPartyLicenses = (packages: readonly BundledPackage[]): string => {
  const sections = Object.entries(Object.groupBy(packages, licenseIn(packages)));
  return [heading, ...sections.map(([text, users = []]) => section(users, text))].join('\n');
};

const heading = `What lies beside this file contains parts of the packages below, under the licences that follow them.
All the rest of it is dynamodb-to-opensearch, under the licence in the LICENSE of its repository.
`;

const section = (users: readonly BundledPackage[], text: string): string => {
  const names = users.map(({ name, version, license }) => `${name} ${version} (${license})\n`);
  return `${'='.repeat(80)}\n${names.join('')}${'-'.repeat(80)}\n\n${text}\n`;
};

const licenseIn = (packages: readonly BundledPackage[]): ((one: BundledPackage) => string) => {
  // This licence does not name who holds the copyright, so a package without a copy may share another's.
  const shared = packages.filter(isApache).map(ownLicense).find(Boolean);
  return (one) => {
    const license = ownLicense(one) || (isApache(one) && shared);
    if (license) return [license, ...texts(one, /^notice\b/i)].join('\n\n');
    throw new Error(
      `${one.name} ${one.version} is bundled without the text of its licence (${one.license}), which has to be passed on: it brings no file of that name.`,
    );
  };
};

const isApache = ({ license }: BundledPackage): boolean => license === 'Apache-2.0';

const ownLicense = (one: BundledPackage): string =>
  texts(one, /^(licen[cs]e|copying)\b/i).join('\n\n');

const texts = ({ directory }: BundledPackage, name: RegExp): readonly string[] =>
  readdirSync(directory)
    .filter((file) => name.test(file))
    .sort()
    .map((file) => readFileSync(join(directory, file), 'utf8').replaceAll('\r\n', '\n').trim());
