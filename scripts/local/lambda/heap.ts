/** How Lambda's own start script sizes the heap of a function, so that one that outgrows its memory dies of it here too. */
export const heapArguments = (memoryMegabytes: number): readonly string[] => [
  `--max-semi-space-size=${Math.ceil(memoryMegabytes * 0.05)}`,
  `--max-old-space-size=${Math.ceil(memoryMegabytes * 0.9)}`,
];
