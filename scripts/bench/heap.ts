import { heapArguments } from '../local/lambda/heap.ts';

// What the module gives the function by default.
const MEMORY_MEGABYTES = 512;

/** Node's arguments for every contestant: as Lambda starts the function, and the same for all. */
export const HEAP = heapArguments(MEMORY_MEGABYTES);
