/** Access to the index that a part of the store works with. */
export interface Queries {
  all<Row>(sql: string, ...parameters: unknown[]): Row[];
  run(sql: string, ...parameters: unknown[]): void;
  transaction<Result>(work: () => Result): Result;
}

/** JSON of a column, undefined where it is damaged: an index may come from strangers. */
export function storedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
