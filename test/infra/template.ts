import type { Template } from "aws-cdk-lib/assertions";
import type { Synthesized } from "./deployment.ts";

export type Properties = Readonly<Record<string, unknown>>;

/** Properties of all resources of one type, in the order of the template. */
export function propertiesOf(template: Template, type: string): readonly Properties[] {
  return Object.values(template.findResources(type)).map(({ Properties = {} }) => Properties);
}

/** Statements of a policy resource. */
export function statementsOf({ PolicyDocument: document }: Properties): readonly Properties[] {
  return (document as { readonly Statement: readonly Properties[] }).Statement;
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * What one function may do, a line for each action and resource, such as `dynamodb:Query pairs`:
 * readable in a test, and complete.
 */
export function actionsOf({ service, state }: Synthesized, part: string): readonly string[] {
  const resources = service().toJSON().Resources as Record<string, Resource>;
  const stored = state().toJSON() as { Resources: Record<string, Resource>; Outputs: object };
  const roleName = `common-ground-trial-${part}`;
  const roles = Object.keys(resources).filter(
    (id) => resources[id]?.Properties?.RoleName === roleName,
  );
  const nameOf = resourceNames(resources, stored.Resources);
  const statements = Object.values(resources)
    .filter(({ Type, Properties }) => {
      const attached = JSON.stringify(Properties?.Roles ?? []);
      return Type === "AWS::IAM::Policy" && roles.some((id) => attached.includes(`"${id}"`));
    })
    .flatMap(({ Properties }) => {
      const document = Properties?.PolicyDocument as { Statement: Statement[] } | undefined;
      return document?.Statement ?? [];
    });
  return [...new Set(statements.flatMap((statement) => linesOf(statement, nameOf)))].sort();
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Properties;
}

function linesOf(
  { Effect, Action, Resource, Condition }: Statement,
  nameOf: (resource: unknown) => string,
): readonly string[] {
  if (Effect !== "Allow") throw new Error("A role of ours denies something.");
  const only = Condition?.["ForAllValues:StringLike"]?.["dynamodb:LeadingKeys"];
  const suffix = only === undefined ? "" : `, ${String(only)} only`;
  return [Action]
    .flat()
    .flatMap((action) =>
      [Resource].flat().map((resource) => `${action} ${nameOf(resource)}${suffix}`),
    );
}

/** Short names for what policies point at: of queues, tables and logs the end of their own. */
function resourceNames(
  own: Readonly<Record<string, Resource>>,
  stored: Readonly<Record<string, Resource>>,
): (resource: unknown) => string {
  const ids = Object.entries({ ...own, ...stored });
  const shortName = (id: string) => {
    const properties = ids.find(([known]) => known === id)?.[1].Properties ?? {};
    const name = properties.QueueName ?? properties.TableName ?? properties.LogGroupName;
    return typeof name === "string" ? name.replace(/^.*common-ground-trial-/, "") : undefined;
  };
  return (resource) => {
    if (typeof resource === "string") return resource;
    const text = JSON.stringify(resource);
    const ses = /:(identity|configuration-set)\//.exec(text)?.[1];
    if (ses === "identity") return `identity/${/identity\/([^"]+)"/.exec(text)?.[1]}`;
    if (ses !== undefined) return "configuration-set/mail";
    const end = /"(\/[^"]+)"\]\]/.exec(text)?.[1] ?? "";
    const id = ids.find(([known]) => text.includes(known))?.[0] ?? "unknown";
    const named =
      shortName(id) ?? { RawMail: "archive", Keys: "keys" }[id.replace(/[0-9A-F]{8}$/, "")];
    return `${named}${end}`;
  };
}
