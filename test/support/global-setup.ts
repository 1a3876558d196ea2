import type { TestProject } from 'vitest/node';
import { offerSharedServers } from './shared-servers.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where test files ask for the servers they share: see `sharedServer`. */
    readonly sharedServersUrl: string;
  }
}

/** Offers OpenSearch, DynamoDB Local and moto to all test files: each starts when it is first asked for, once a run, and all stop at its end. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const { url, stop } = await offerSharedServers();
  project.provide('sharedServersUrl', url);
  return stop;
};
