import { execFile } from 'node:child_process';
import { parseObject } from '../../function/src/core/json-value.ts';
import type { BundledPackage } from '../build/bundled-packages.ts';

/** Packages in which a vulnerability is known, and which are needed to build, and not shipped. */
export type Vulnerabilities = { readonly ofTools: readonly string[] };

/**
 * Asks the registry for known vulnerabilities in all packages of package-lock.json. Throws one sentence
 * if one of those that are shipped has any, and if the registry does not answer.
 */
export const assertNoneKnown = async (
  rootDirectory: string,
  shipped: readonly Pick<BundledPackage, 'lockPath'>[],
): Promise<Vulnerabilities> => {
  const paths = new Set(shipped.map(({ lockPath }) => lockPath));
  const found = Object.values(await askRegistry(rootDirectory));
  const isShipped = ({ nodes }: Vulnerable) => nodes.some((path) => paths.has(path));
  const ofShipped = found.filter(isShipped);
  if (ofShipped.length === 0) return { ofTools: found.map(described) };
  throw new Error(
    `What would be released has packages in which a vulnerability is known: ${ofShipped.map(described).join('; ')}. Run npm audit fix, or update them by hand, and commit package-lock.json.`,
  );
};

/** An entry of `npm audit --json`. */
interface Vulnerable {
  readonly name: string;
  /** `critical`, `high`, `moderate`, `low` or `info`. */
  readonly severity: string;
  /** Advisories, or names of packages through which it comes. */
  readonly via: readonly (string | { readonly title: string; readonly url: string })[];
  /** Where it is installed: node_modules/…. */
  readonly nodes: readonly string[];
}

interface Audit {
  readonly vulnerabilities?: { readonly [name: string]: Vulnerable };
  /** What kept the registry from being asked. */
  readonly message?: string;
  readonly error?: { readonly summary?: string };
}

const askRegistry = async (
  rootDirectory: string,
): Promise<NonNullable<Audit['vulnerabilities']>> => {
  const { vulnerabilities, message, error }: Audit =
    parseObject(await printedBy(rootDirectory)) ?? {};
  if (vulnerabilities !== undefined) return vulnerabilities;
  const cause = message || error?.summary || 'npm audit said nothing that can be read';
  throw new Error(
    `Nobody knows of vulnerabilities in the packages, because the registry could not be asked (${cause}). Try again where it answers npm audit, or leave the question out with npm run release:prepare -- --without-audit.`,
  );
};

// It ends with 1 both where it found something and where it could not ask, so that only its output tells.
const printedBy = (rootDirectory: string): Promise<string> =>
  new Promise((resolve) => {
    const parameters = ['audit', '--json', '--package-lock-only', '--fetch-retries=1'];
    const options = { cwd: rootDirectory, maxBuffer: 64 * 1024 * 1024 };
    execFile('npm', [...parameters, '--fetch-timeout=30000'], options, (_, stdout) =>
      resolve(stdout),
    );
  });

const described = ({ name, severity, via }: Vulnerable): string => {
  const [first] = via;
  const why = typeof first === 'object' ? `${first.title}, ${first.url}` : `by way of ${first}`;
  return `${name} (${severity}: ${why})`;
};
