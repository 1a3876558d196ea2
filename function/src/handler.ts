import type { Context, DynamoDBBatchResponse } from 'aws-lambda';
import { deadlineOf } from './deadline.ts';
import { createExecutionEnvironment, type ExecutionEnvironment } from './execution-environment.ts';
import { synchronize } from './synchronization.ts';

let environment: Promise<ExecutionEnvironment> | undefined; // undefined after a failure, so that the next invocation tries again

/** The execution environment; its reading begins when the module is loaded, in Lambda's init phase. */
const initialise = (): Promise<ExecutionEnvironment> => {
  environment ??= createExecutionEnvironment(process.env);
  environment.catch(() => {
    environment = undefined; // reported by the invocation that waits for it
  });
  return environment;
};

initialise();

/** The Lambda function: brings the index up to an event of DynamoDB Streams records (contract §4). */
export const handler = async (event: unknown, context: Context): Promise<DynamoDBBatchResponse> =>
  synchronize(event, {
    ...(await initialise()),
    deadline: deadlineOf(() => context.getRemainingTimeInMillis()),
    functionName: context.functionName,
  });
