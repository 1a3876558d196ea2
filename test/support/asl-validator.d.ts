/** What the package, which says nothing of its types, gives its importers. */
declare module 'asl-validator' {
  type Verdict = {
    readonly isValid: boolean;
    readonly errorsText: (separator: string) => string;
  };

  /** Validates a definition in the Amazon States Language: its form, its paths, and that every state is reached. */
  const aslValidator: (definition: object) => Verdict;
  export = aslValidator;
}
