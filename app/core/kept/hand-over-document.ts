import { ImmutableString } from '@automerge/automerge/slim'
import { ByteWriter, decodeAll } from '#schema/bytes.ts'
import { DeviceId, idBytes, PrincipalId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import type { Account } from '../home/account.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { StoreFailure } from '../ports.ts'
import type { Result } from '#schema/result.ts'
import { type HandOverTerm, readTerms, writeTerm } from './guardian-letter.ts'

/** A kept record's home-log shard of when it goes to whom it is about: one plan at a time, under the key `plan`. */
export const HAND_OVER_SHARD = 'hand-over'

export type HandOverDocument = Record<string, PlanDocument>

interface PlanDocument {
  at: number
  person: Uint8Array
  name: ImmutableString
  terms: Uint8Array
  /** A guardian said now. */
  isEarly?: boolean
  /** That person's app has begun to bring it over: guardians only read from now on. */
  takenAt?: number
  /** The device with which it does. */
  takenBy?: Uint8Array
}

export interface HandOverPlan {
  readonly at: Instant
  /** Whose it will be: their own idSign. */
  readonly person: PrincipalId
  readonly name: string
  readonly terms: readonly HandOverTerm[]
  readonly isEarly: boolean
  readonly takenAt?: Instant
  readonly takenBy?: DeviceId
}

const PLAN = 'plan'

export async function readPlan(home: SealedLog): Promise<HandOverPlan | undefined> {
  const plan = (await home.read<HandOverDocument>(HAND_OVER_SHARD))[PLAN]
  const terms = plan && decodeAll(plan.terms, readTerms)
  if (plan === undefined || !terms?.ok || plan.person.length !== PrincipalId.size) return undefined
  return {
    at: instant(plan.at),
    person: PrincipalId.of(plan.person),
    name: String(plan.name),
    terms: terms.value,
    isEarly: plan.isEarly === true,
    ...(plan.takenAt === undefined ? {} : { takenAt: instant(plan.takenAt) }),
    ...(plan.takenBy?.length === DeviceId.size ? { takenBy: DeviceId.of(plan.takenBy) } : {}),
  }
}

/** As it counts now: nobody takes the record over any more with a device that was removed. */
export async function planOf({ logs, keyring }: Account): Promise<HandOverPlan | undefined> {
  const plan = await readPlan(logs.home.log)
  const taker = keyring.devices.find(one => one.deviceId === plan?.takenBy)
  if (plan === undefined || taker?.removedAt === undefined) return plan
  const { takenAt: _at, takenBy: _by, ...rest } = plan
  return rest
}

/** Durable when it answers ok. */
export async function changePlan(
  { logs }: Account,
  edit: (doc: HandOverDocument) => void,
): Promise<Result<void, StoreFailure>> {
  await logs.home.log.change<HandOverDocument>(HAND_OVER_SHARD, edit)
  return logs.home.log.flush()
}

// ── inside a change ──

export function putPlan(doc: HandOverDocument, plan: Pick<HandOverPlan, 'at' | 'person' | 'name' | 'terms'>): void {
  doc[PLAN] = {
    at: plan.at,
    person: idBytes(plan.person),
    name: new ImmutableString(plan.name),
    terms: new ByteWriter().list(plan.terms, writeTerm).done(),
  }
}

export function dropPlan(doc: HandOverDocument): void {
  delete doc[PLAN]
}

export function putEarly(doc: HandOverDocument): void {
  const plan = doc[PLAN]
  if (plan !== undefined) plan.isEarly = true
}

/** Also where there was no plan: whoever has the words needs none. */
export function putTaken(
  doc: HandOverDocument,
  { person, name, at, by }: { person: PrincipalId; name: string; at: Instant; by: DeviceId },
): void {
  if (doc[PLAN] === undefined) putPlan(doc, { at, person, name, terms: [] })
  const plan = doc[PLAN]
  if (plan === undefined) return
  plan.takenAt = at
  plan.takenBy = idBytes(by)
}
