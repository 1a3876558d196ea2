import type { FunctionError } from './invocation-result.ts';

/** Reads the error document that a runtime posts; whatever is missing or odd becomes `Runtime.Unknown`. */
export const readFunctionError = (body: string): FunctionError => {
  const document = parse(body);
  return {
    errorType: textOf(document, 'errorType') ?? 'Runtime.Unknown',
    message: textOf(document, 'errorMessage') ?? body,
  };
};

const parse = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

const textOf = (document: unknown, name: string): string | undefined => {
  if (typeof document !== 'object' || document === null) return undefined;
  const value: unknown = Reflect.get(document, name);
  return typeof value === 'string' ? value : undefined;
};
