import { type AwsCall, isAllowed, type Statement } from '../support/policy-judge.ts';

/** Of these calls those that the statements deny. */
export const deniedAmong = async (
  calls: readonly AwsCall[],
  statements: readonly Statement[],
): Promise<readonly AwsCall[]> =>
  filter(calls, async (call) => !(await isAllowed(statements, call)));

/** Of these calls those that the statements allow. */
export const allowedAmong = async (
  calls: readonly AwsCall[],
  statements: readonly Statement[],
): Promise<readonly AwsCall[]> => filter(calls, (call) => isAllowed(statements, call));

/** The statements, and the actions and resources in them, without which each of these calls is judged as with them. */
export const idleAmong = async (
  statements: readonly Statement[],
  calls: readonly AwsCall[],
): Promise<readonly string[]> => {
  const verdicts = await Promise.all(calls.map((call) => isAllowed(statements, call)));
  const idle = await filter(cutsOf(statements), async ({ rest }) => {
    for (const [position, call] of calls.entries()) {
      if ((await isAllowed(rest, call)) !== verdicts[position]) return false;
    }
    return true;
  });
  return idle.map(({ cut }) => cut);
};

/** Calls of which none is another's repetition. */
export const distinct = (calls: readonly AwsCall[]): readonly AwsCall[] => [
  ...new Map(calls.map((call) => [JSON.stringify(call), call])).values(),
];

const filter = async <Element>(
  elements: readonly Element[],
  test: (element: Element) => Promise<boolean>,
): Promise<readonly Element[]> => {
  const passes = await Promise.all(elements.map(test));
  return elements.filter((_element, position) => passes[position]);
};

/** The statements without one of them, or without an action or a resource of one that has several. */
const cutsOf = (statements: readonly Statement[]) =>
  statements.flatMap((statement) => {
    const others = statements.filter((other) => other !== statement);
    const parts = (['Action', 'Resource'] as const).flatMap((element) =>
      partsOf(statement[element]).map((part, _position, parts) => ({
        cut: `${statement.Sid}: ${part}`,
        rest:
          parts.length === 1
            ? others
            : [...others, { ...statement, [element]: parts.filter((other) => other !== part) }],
      })),
    );
    return [{ cut: String(statement.Sid), rest: others }, ...parts];
  });

const partsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
