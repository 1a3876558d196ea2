import { openWorkspace } from '../support/terraform.ts';

/** Inputs of a module that it should refuse, by name. */
export type Refused = readonly [name: string, inputs: object, message: string];

type Diagnostic = {
  readonly detail: string;
  readonly range?: { readonly filename: string };
};

/**
 * What terraform says about each case, by the case's name, over a complete set of inputs. Every case is a
 * module of its own, in a file of its own, and `validate` speaks about all of them at once.
 */
export const messagesOfRefusals = async (
  refusals: readonly Refused[],
  complete: object,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const files = refusals.map(([, inputs], position) => [
    fileOf(position),
    JSON.stringify({ module: { [`case_${position}`]: { ...complete, ...inputs } } }),
  ]);
  const workspace = await openWorkspace({
    path: 'envs/refusals',
    files: Object.fromEntries(files),
  });
  await workspace.init();
  const { stdout } = await workspace.run('validate', '-json');
  const { diagnostics }: { readonly diagnostics: readonly Diagnostic[] } = JSON.parse(stdout);
  const byFile = Map.groupBy(diagnostics, ({ range }) => range?.filename ?? 'nowhere');
  return new Map(
    [...byFile].map(([file, found]) => [nameOf(file, refusals), found.map(sentencesOf)]),
  );
};

const fileOf = (position: number): string => `case-${position}.tf.json`;

const nameOf = (file: string, refusals: readonly Refused[]): string =>
  refusals[Number(/\d+/.exec(file)?.[0])]?.[0] ?? file;

// Terraform adds where the rule stands.
const sentencesOf = ({ detail }: Diagnostic): string =>
  detail.replace(/\n\nThis was checked by the validation rule at .*$/s, '');
