import { type Answer, type AwsRequest, escaped, xmlAnswer } from './answer.ts';

/** Answers STS GetCallerIdentity, and refuses whatever else there is in the query protocol. */
export const answerQuery = ({ body }: AwsRequest): Answer => {
  const action =
    new URLSearchParams(body.toString()).get('Action') ?? 'a request without an action';
  if (action === 'GetCallerIdentity') return xmlAnswer(200, CALLER);
  const message = escaped(`This AWS stand-in does not know ${action}.`);
  return xmlAnswer(
    400,
    `<ErrorResponse><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>${message}</Message></Error></ErrorResponse>`,
  );
};

const CALLER =
  '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::000000000000:user/local</Arn><UserId>local</UserId><Account>000000000000</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';
