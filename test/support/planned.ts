/** Looks up what a resource is going to be, by its address; what is not known before the apply is left out. */
export type Planned = (address: string) => { readonly [attribute: string]: unknown };

type Plan = {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly change: { readonly after: { readonly [attribute: string]: unknown } | null };
  }[];
};

/** The planned resources of a plan, as `terraform show -json` has it. */
export const plannedIn = (plan: unknown): Planned => {
  const { resource_changes: resources } = plan as Plan;
  const planned = new Map(resources.map(({ address, change }) => [address, change.after]));
  return (address) => {
    const after = planned.get(address);
    if (after) return after;
    throw new Error(`the plan has no ${address}; it has\n${[...planned.keys()].join('\n')}`);
  };
};
