import fc from 'fast-check';

// Whether a mutant survives must not depend on luck, and nobody reads the counterexample of a mutant.
fc.configureGlobal({ seed: 7, endOnFailure: true });
