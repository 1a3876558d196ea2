/**
 * A function that remembers its last answer: what an event asks a thousand times in a row, such as
 * the table of a stream, is found out once. For answers that depend on the question alone.
 */
export const rememberLast = <Question, Answer>(
  find: (question: Question) => Answer,
): ((question: Question) => Answer) => {
  let last: { readonly question: Question; readonly answer: Answer } | undefined; // none before the first
  return (question) => {
    if (last === undefined || last.question !== question) {
      last = { question, answer: find(question) };
    }
    return last.answer;
  };
};
