/** A CloudFormation template, as far as it is changed here. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
}

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** Without the resources of these types, and without whatever would point at nothing then. */
export function withoutTypes({ Resources, ...rest }: Template, types: readonly string[]): Template {
  const gone = Object.keys(Resources).filter((id) => types.includes(Resources[id]?.Type ?? ""));
  const pointsAtOne = (part: unknown) =>
    gone.some((id) => JSON.stringify(part).includes(`"${id}"`));
  const kept = Object.entries(Resources).filter(
    ([id, resource]) => !gone.includes(id) && !pointsAtOne(resource),
  );
  return { ...rest, Resources: Object.fromEntries(kept) };
}

/** With each resource of one type as it is made from the one that stands there. */
export function withEach(
  { Resources, ...rest }: Template,
  type: string,
  change: (resource: Resource) => Resource,
): Template {
  const changed = Object.entries(Resources).map(([id, resource]) => [
    id,
    resource.Type === type ? change(resource) : resource,
  ]);
  return { ...rest, Resources: Object.fromEntries(changed) };
}

/** With other values wherever an attribute of a resource is asked for. */
export function withAttributes(
  template: Template,
  valueFor: (attribute: string) => string | undefined,
): Template {
  return JSON.parse(JSON.stringify(template), (_, part: unknown) => {
    const asked = (part as { readonly "Fn::GetAtt"?: readonly string[] } | null)?.["Fn::GetAtt"];
    return (asked?.[1] === undefined ? undefined : valueFor(asked[1])) ?? part;
  });
}
