import type { z } from 'zod';

/** What a route answers with where it is not JSON: bytes of a picture, or a stream of server-sent events. */
export type RawAnswer = 'picture' | 'events';

/** One request that the engine answers; engine, client and docs/api.md derive from it. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `:name` stands for a parameter, percent-encoded in the request. */
  path: `/api/${string}`;
  /** What it is for, in one sentence. */
  summary: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** Sent as JSON. */
  body?: z.ZodType;
  answer: z.ZodType | RawAnswer;
}

export const route = <const Definition extends Route>(definition: Definition): Definition => definition;

type SchemaOf<R, Part extends keyof Route> = R extends { [Key in Part]: infer Schema extends z.ZodType }
  ? Schema
  : never;
type Has<R, Part extends keyof Route, Shape> = [SchemaOf<R, Part>] extends [never] ? unknown : Shape;

/** What is sent to a route, before defaults. */
export type RequestOf<R> = Has<R, 'params', { params: z.input<SchemaOf<R, 'params'>> }> &
  Has<R, 'query', { query?: z.input<SchemaOf<R, 'query'>> }> &
  Has<R, 'body', { body: z.input<SchemaOf<R, 'body'>> }>;

/** What a route's handler gets: checked, with defaults. */
export type ParsedOf<R> = Has<R, 'params', { params: z.output<SchemaOf<R, 'params'>> }> &
  Has<R, 'query', { query: z.output<SchemaOf<R, 'query'>> }> &
  Has<R, 'body', { body: z.output<SchemaOf<R, 'body'>> }>;

/** What a route answers with, where that is JSON. */
export type AnswerOf<R> = z.output<SchemaOf<R, 'answer'>>;
