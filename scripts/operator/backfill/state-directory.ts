/** Where states lie unless something else is said. */
export const STATE_DIRECTORY = '.dynamodb-to-opensearch';
