import { setFlagsFromString } from 'node:v8';

/**
 * Has V8 collect what is no longer needed before the heap has grown by a tenth. Left alone it lets the heap become
 * several times as large as what is alive, so that a large table would take more memory than a small one.
 */
export const keepHeapSteady = (): void => setFlagsFromString('--heap-growing-percent=10');
