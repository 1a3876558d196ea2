/** The error that a function, or its runtime, reports for one invocation or for its initialisation. */
export interface FunctionError {
  readonly errorType: string;
  readonly message: string;
}

/** How one invocation of a function ended; `payload` is the answer's JSON text, byte for byte. */
export type InvocationResult =
  | { readonly kind: 'answered'; readonly requestId: string; readonly payload: string }
  | ({ readonly kind: 'failed'; readonly requestId: string } & FunctionError)
  | { readonly kind: 'timed-out'; readonly requestId: string }
  | { readonly kind: 'crashed'; readonly requestId: string; readonly reason: string };
