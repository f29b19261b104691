import type { Step, StepId } from '#schema/requests/step.ts'

/** A step whose past is here as a whole. */
export interface Placed<Taken extends Step> {
  readonly step: Taken
  readonly after: readonly Placed<Taken>[]
  /** One more than the deepest of those it builds on. */
  readonly depth: number
}

/** A step that builds on some that are not here, or on itself. */
export interface Waiting<Taken extends Step> {
  readonly step: Taken
  readonly missing: readonly StepId[]
}

/** Each step after all that it builds on, in one order whatever order they came in. */
export function inCausalOrder<Taken extends Step>(
  steps: readonly Taken[],
): { readonly placed: readonly Placed<Taken>[]; readonly waiting: readonly Waiting<Taken>[] } {
  const byId = onceEach(steps)
  const placedById = new Map<StepId, Placed<Taken>>()
  const [lacking, builtOn] = [new Map<StepId, number>(), new Map<StepId, Taken[]>()]
  for (const step of byId.values()) {
    const after = new Set(step.after)
    lacking.set(step.id, after.size)
    for (const id of after) builtOn.set(id, [...(builtOn.get(id) ?? []), step])
  }
  const ready = [...byId.values()].filter(({ id }) => lacking.get(id) === 0)
  for (const step of ready) {
    const after = [...new Set(step.after)].map(id => placedById.get(id)!)
    placedById.set(step.id, { step, after, depth: 1 + Math.max(0, ...after.map(({ depth }) => depth)) })
    for (const next of builtOn.get(step.id) ?? []) {
      const left = lacking.get(next.id)! - 1
      lacking.set(next.id, left)
      if (left === 0) ready.push(next)
    }
  }
  return {
    placed: [...placedById.values()].toSorted((a, b) => a.depth - b.depth || (a.step.id < b.step.id ? -1 : 1)),
    waiting: [...byId.values()].flatMap(step =>
      placedById.has(step.id) ? [] : [{ step, missing: step.after.filter(id => !placedById.has(id)) }],
    ),
  }
}

/** Two that have one name are of one writer who broke the rule: the one whose text sorts first counts, on every replica. */
function onceEach<Taken extends Step>(steps: readonly Taken[]): ReadonlyMap<StepId, Taken> {
  const byId = new Map<StepId, Taken>()
  for (const step of steps) {
    const there = byId.get(step.id)
    if (there === undefined || textOf(step) < textOf(there)) byId.set(step.id, step)
  }
  return new Map([...byId].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

const textOf = ({ role, kind, claimedAt, after, data }: Step) => JSON.stringify([role, kind, claimedAt, after, data])
