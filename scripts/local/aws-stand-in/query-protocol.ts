import { type Answer, type AwsRequest, escaped, xmlAnswer } from './answer.ts';

/** Refuses a request of a service with the query protocol, such as STS: the stand-in has none of them. */
export const answerQuery = ({ body }: AwsRequest): Answer => {
  const action =
    new URLSearchParams(body.toString()).get('Action') ?? 'a request without an action';
  const message = escaped(`This AWS stand-in does not know ${action}.`);
  return xmlAnswer(
    400,
    `<ErrorResponse><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>${message}</Message></Error></ErrorResponse>`,
  );
};
