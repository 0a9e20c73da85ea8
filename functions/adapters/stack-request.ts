import * as z from "zod";
import { factsOfFailure } from "./failure.ts";

/** What CloudFormation asks of a resource of ours while it deploys, changes or deletes a stack. */
export type StackRequest<P> = Omit<z.output<typeof Request>, "ResourceProperties"> & {
  readonly ResourceProperties: P;
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html */
const Request = z.object({
  RequestType: z.enum(["Create", "Update", "Delete"]),
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  ResourceProperties: z.unknown(),
});

/**
 * Does what the stack asks and tells it how that went, or its deployment would wait for an hour.
 *
 * @param id what the resource is called once it is there
 * @throws z.ZodError for a request that is none, whose sender cannot be told
 */
export async function answerStack<S extends z.ZodType>(
  event: unknown,
  properties: S,
  id: (properties: z.output<S>) => string,
  work: (request: StackRequest<z.output<S>>) => Promise<void>,
): Promise<void> {
  const request = Request.parse(event);
  const given = properties.parse(request.ResourceProperties);
  const failure = await work({ ...request, ResourceProperties: given }).then(
    () => undefined,
    (error: unknown) => factsOfFailure(error).error,
  );
  const { StackId, RequestId, LogicalResourceId } = request;
  const answer = {
    ...{ StackId, RequestId, LogicalResourceId, PhysicalResourceId: id(given) },
    Status: failure === undefined ? "SUCCESS" : "FAILED",
    ...(failure === undefined ? {} : { Reason: failure }),
  };
  await put(request.ResponseURL, JSON.stringify(answer));
}

/** The address is signed for a body without a type. */
async function put(url: string, text: string): Promise<void> {
  const response = await fetch(url, {
    method: "PUT",
    body: Buffer.from(text),
    headers: { "content-type": "" },
  });
  if (!response.ok) throw new Error(`The stack did not take the answer (${response.status}).`);
}
