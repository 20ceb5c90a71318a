/** Access to the index that a part of the store works with. */
export interface Queries {
  all<Row>(sql: string, ...parameters: unknown[]): Row[];
  run(sql: string, ...parameters: unknown[]): void;
  transaction<Result>(work: () => Result): Result;
}
