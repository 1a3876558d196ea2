import type { TestProject } from 'vitest/node';

/** The environment variable with the address at which all runs find the shared servers. */
export const SERVERS_URL = 'SABOTAGE_SERVERS_URL';

/** Hands the servers of this command to a run of vitest. */
export const setup = (project: TestProject): void => {
  project.provide('sharedServersUrl', process.env[SERVERS_URL] ?? '');
};
