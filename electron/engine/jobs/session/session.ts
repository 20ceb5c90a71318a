/**
 * Work that answers questions, again and again, on what it has opened: weights on the device, features that are kept. It
 * runs in a worker thread of its own; what crosses the border is plain data.
 */
export interface SessionKind<Opening, Question, Answer> {
  open(opening: Opening): Promise<(question: Question) => Promise<Answer>>;
}

export type OpeningOf<K> = K extends SessionKind<infer Opening, never, unknown> ? Opening : never;
export type QuestionOf<K> = K extends SessionKind<never, infer Question, unknown> ? Question : never;
export type AnswerOf<K> = K extends SessionKind<never, never, infer Answer> ? Answer : never;
