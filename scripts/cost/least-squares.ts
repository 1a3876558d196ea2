type Row = readonly number[];

/**
 * The factors by which the members of each row add up to 1 as nearly as can be: those for which the sum of squares of what
 * is missing is least. There must be as many rows as members at least, and not all alike.
 */
export const leastSquares = (rows: readonly Row[]): readonly number[] =>
  solved(normalEquations(rows));

/** One equation for each factor: its factors, and then what they have to add up to. */
const normalEquations = (rows: readonly Row[]): readonly Row[] => {
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0);
  const members = [...(rows[0] ?? []).keys()];
  return members.map((one) => [
    ...members.map((other) => sum((row) => at(row, one) * at(row, other))),
    sum((row) => at(row, one)),
  ]);
};

/** By Gauss and Jordan: equation by equation, each frees all the others of its own factor. */
const solved = (equations: readonly Row[]): readonly number[] => {
  let left = equations; // the solution, when each has been the pivot
  for (const pivot of equations.keys()) {
    const freed = (left[pivot] ?? []).map((value) => value / at(left[pivot], pivot));
    left = left.map((row, position) =>
      position === pivot
        ? freed
        : row.map((value, column) => value - at(row, pivot) * at(freed, column)),
    );
  }
  return left.map((row) => at(row, equations.length));
};

const at = (row: Row | undefined, position: number): number => row?.[position] ?? 0;
