import type { Machine, Role, StateRule, StepRule } from '#schema/requests/machine.ts'
import { MAX_AFTER, type Step, type StepId } from '#schema/requests/step.ts'
import { inCausalOrder, type Placed, type Waiting } from './causal-order.ts'

/**
 * What became of a step. `beside`: it was said without knowing of one that counts in its place. `too-late`: the request had ended, or
 * ended by one that counts before it. `not-allowed`: its writer could not take it; no honest app writes one.
 */
export type Standing = 'counts' | 'beside' | 'too-late' | 'not-allowed'

/** A request as all its steps together tell it. */
export interface RequestView<State extends string = string, Taken extends Step = Step> {
  /** Undefined while the step that opens it is not here. */
  readonly state: State | undefined
  readonly isFinal: boolean
  /** Whoever is to see the present state has. */
  readonly isSeen: boolean
  /** The steps that brought it here, each known to the writer of the next. */
  readonly counted: readonly Taken[]
  /** All that is here, each step after those that it builds on. */
  readonly history: readonly { readonly step: Taken; readonly standing: Standing }[]
  /** Of one side, said otherwise at the same moment as what counts, and settled by nobody yet who knows of both. */
  readonly contested: readonly Taken[]
  /** Not here yet is what these build on: they have no effect, and may have one. */
  readonly waiting: readonly Waiting<Taken>[]
  /** For `after` of a step that is taken by somebody who looks at this. */
  readonly newest: readonly StepId[]
}

/** A step with what it does where its writer stood. */
interface Judged<State extends string, Taken extends Step> {
  readonly placed: Placed<Taken>
  /** The last step that counted for its writer. */
  readonly parent?: Judged<State, Taken>
  readonly rule?: StepRule<State>
  /** Where the request was for its writer. */
  readonly from?: State
  /** The state it leads to, of a step that leads somewhere. */
  readonly to?: State
  /** How many steps brought it there, with itself. */
  readonly length: number
}

/**
 * The same on every replica that holds the same steps, in whatever order they came. Each step is judged by where its writer stood.
 * Of those that nobody who acted later had seen the best counts, with the steps that its writer stood on (decision 50).
 */
export function stateOf<State extends string, Taken extends Step>(
  machine: Machine<State, Taken['kind']>,
  steps: readonly Taken[],
): RequestView<State, Taken> {
  const { placed, waiting } = inCausalOrder(steps)
  const judged = new Map<Placed<Taken>, Judged<State, Taken>>()
  for (const each of placed) {
    const past = pastOf(each)
    const known = placed.filter(one => past.has(one)).map(one => judged.get(one)!)
    judged.set(each, judge(machine, each, bestOf(machine, tipsOf(known))))
  }
  const all = [...judged.values()]
  const tips = tipsOf(all)
  const head = bestOf(machine, tips)
  const chain = chainTo(head)
  const isFinal = head?.to !== undefined && machine.states[head.to].is === 'final'
  return {
    state: head?.to,
    isFinal,
    isSeen: all.some(({ parent, rule }) => parent === head && rule !== undefined && isSight(rule)),
    counted: chain.map(({ placed: { step } }) => step),
    history: all.map(each => ({ step: each.placed.step, standing: standingOf(machine, each, chain, isFinal) })),
    contested: isFinal ? [] : contestedIn(all, chain),
    waiting,
    newest: newestOf(machine, tips, placed),
  }
}

/** All that a step's writer had seen. */
function pastOf<Taken extends Step>(step: Placed<Taken>): ReadonlySet<Placed<Taken>> {
  const past = new Set(step.after)
  for (const one of past) for (const before of one.after) past.add(before)
  return past
}

function judge<State extends string, Taken extends Step>(
  machine: Machine<State, Taken['kind']>,
  placed: Placed<Taken>,
  parent: Judged<State, Taken> | undefined,
): Judged<State, Taken> {
  const { step } = placed
  const from = parent?.to
  const rule = ruleFor(machine, from, step.kind)
  const at = { placed, ...(parent === undefined ? {} : { parent }), ...(from === undefined ? {} : { from }) }
  if (rule === undefined || !isBy(rule, step.role) || !fits(rule, step, parent)) return { ...at, length: 0 }
  return { ...at, rule, ...('to' in rule ? { to: rule.to } : {}), length: 1 + (parent?.length ?? 0) }
}

function ruleFor<State extends string, Kind extends string>(
  { opens, states }: Machine<State, Kind>,
  from: State | undefined,
  kind: Kind,
): StepRule<State> | undefined {
  if (from === undefined) return kind === opens.kind ? opens : undefined
  const { steps }: StateRule<State, Kind> = states[from]
  return Object.hasOwn(steps, kind) ? steps[kind] : undefined
}

export const isBy = ({ by }: StepRule, role: Role) => by === 'either' || by === role
export const isSight = (rule: StepRule) => 'adds' in rule && rule.adds === 'sight'

/** A slot that is picked is one of those that were proposed. */
function fits<State extends string, Taken extends Step>(
  rule: StepRule<State>,
  { data }: Step,
  parent: Judged<State, Taken> | undefined,
): boolean {
  const offered = slotsToPick(
    rule,
    chainTo(parent).map(({ placed }) => placed.step),
  )
  if (offered === undefined) return true
  const picked = memberOf(data, 'slot')
  return typeof picked === 'number' && picked < offered.length
}

/** Of what a step can pick, none where nothing is there; undefined for one that picks nothing. `counted`: what stands before it. */
export function slotsToPick(rule: StepRule, counted: readonly Step[]): readonly unknown[] | undefined {
  if (!('picksSlot' in rule)) return undefined
  const isSaidSince = rule.picksSlot === 'asked' && counted.length > 1
  const slots = isSaidSince ? undefined : counted.findLast(({ data }) => listIn(data) !== undefined)
  return listIn(slots?.data) ?? []
}

function memberOf(data: unknown, name: string): unknown {
  return typeof data === 'object' && data !== null && Object.hasOwn(data, name) ? Reflect.get(data, name) : undefined
}

function listIn(data: unknown): readonly unknown[] | undefined {
  const list = memberOf(data, 'slots')
  return Array.isArray(list) ? list : undefined
}

/** Of steps in causal order, with all that their writers had seen: those that lead somewhere and that no later such step had seen. */
function tipsOf<State extends string, Taken extends Step>(
  judged: readonly Judged<State, Taken>[],
): Judged<State, Taken>[] {
  const passed = new Set<Placed<Taken>>()
  return judged.toReversed().filter(({ placed, to }) => {
    const isPassed = passed.has(placed)
    if (isPassed || to !== undefined) for (const before of placed.after) passed.add(before)
    return !isPassed && to !== undefined
  })
}

/** A final state before an open one, the weightier one, the longer way, the lower name. No clock has a say. */
function isBetter<State extends string, Taken extends Step>(
  { states }: Machine<State, Taken['kind']>,
  one: Judged<State, Taken>,
  other: Judged<State, Taken>,
): boolean {
  const [a, b]: readonly StateRule<State, Taken['kind']>[] = [states[one.to!], states[other.to!]]
  if (a!.is !== b!.is) return a!.is === 'final'
  if (a!.weight !== b!.weight) return a!.weight > b!.weight
  if (one.length !== other.length) return one.length > other.length
  return one.placed.step.id < other.placed.step.id
}

function bestOf<State extends string, Taken extends Step>(
  machine: Machine<State, Taken['kind']>,
  tips: readonly Judged<State, Taken>[],
): Judged<State, Taken> | undefined {
  return tips.reduce<Judged<State, Taken> | undefined>(
    (best, one) => (best === undefined || isBetter(machine, one, best) ? one : best),
    undefined,
  )
}

/** The steps that brought it here, the first first. */
function chainTo<State extends string, Taken extends Step>(
  last: Judged<State, Taken> | undefined,
): Judged<State, Taken>[] {
  const chain: Judged<State, Taken>[] = []
  for (let one = last; one !== undefined; one = one.parent) chain.push(one)
  return chain.toReversed()
}

function standingOf<State extends string, Taken extends Step>(
  machine: Machine<State, Taken['kind']>,
  each: Judged<State, Taken>,
  chain: readonly Judged<State, Taken>[],
  isFinal: boolean,
): Standing {
  const { rule, from, to, placed } = each
  if (rule === undefined) {
    const hadEnded = from !== undefined && machine.states[from].is === 'final'
    return hadEnded && isEverAllowed(machine, placed.step) ? 'too-late' : 'not-allowed'
  }
  if (to === undefined || chain.includes(each)) return 'counts'
  return isFinal ? 'too-late' : 'beside'
}

function isEverAllowed<State extends string, Kind extends string>(machine: Machine<State, Kind>, step: Step<Kind>) {
  return Object.keys(machine.states).some(state => {
    const rule = ruleFor(machine, state as State, step.kind)
    return rule !== undefined && isBy(rule, step.role)
  })
}

function contestedIn<State extends string, Taken extends Step>(
  all: readonly Judged<State, Taken>[],
  chain: readonly Judged<State, Taken>[],
): Taken[] {
  const head = chain.at(-1)
  const settled = head === undefined ? new Set() : pastOf(head.placed)
  const rivals = all.filter(each => each.to !== undefined && each !== head && !settled.has(each.placed))
  return rivals.flatMap(({ placed }) => {
    const past = pastOf(placed)
    const isContested = chain.some(
      ({ placed: counted }) =>
        counted.step.role === placed.step.role && !past.has(counted) && said(counted) !== said(placed),
    )
    return isContested ? [placed.step] : []
  })
}

const said = ({ step: { kind, data } }: Placed<Step>) => JSON.stringify([kind, data])

/** First what may count, the best first: should there be no room for all, the rest is as if it had not been seen. */
function newestOf<State extends string, Taken extends Step>(
  machine: Machine<State, Taken['kind']>,
  tips: readonly Judged<State, Taken>[],
  placed: readonly Placed<Taken>[],
): StepId[] {
  const builtOn = new Set(placed.flatMap(({ after }) => after))
  const best = tips.toSorted((a, b) => (isBetter(machine, a, b) ? -1 : 1)).map(({ placed: { step } }) => step.id)
  const last = placed.filter(each => !builtOn.has(each)).map(({ step }) => step.id)
  return [...new Set([...best, ...last])].slice(0, MAX_AFTER)
}
