/** How often each property of a fuzz test is tried: so often, times FUZZ. `FUZZ=100 npx vitest run test/security` takes its time. */
export const fuzzRuns = (usual: number): number => usual * Number(process.env['FUZZ'] ?? 1);
