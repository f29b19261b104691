import { ImmutableString } from '@automerge/automerge/slim'
import { DeviceId, idBytes, PrincipalId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import type { Purpose } from '../kept-session.ts'
import { PURPOSES } from './guardian-letter.ts'

/** A record's home-log shard of who its guardian devices belong to: a map a device, by its id. */
export const GUARDIANS_SHARD = 'guardians'

export type GuardiansDocument = Record<string, GuardianDocument>

interface GuardianDocument {
  person: Uint8Array
  name: ImmutableString
  purpose: ImmutableString
  until: number
  createdAt: number
  isTold: boolean
  answer?: ImmutableString
  /** `declined` or `left`: apart from the answer, which another device may note at the same time. */
  end?: ImmutableString
  /** They were told by letter that it is over. */
  isEndTold?: boolean
}

export interface KnownGuardian {
  readonly deviceId: DeviceId
  /** The guardian's own idSign. */
  readonly person: PrincipalId
  readonly name: string
  readonly purpose: Purpose
  /** NEVER: until somebody removes them. */
  readonly until: Instant
  readonly createdAt: Instant
  /** The letter went. */
  readonly isTold: boolean
  readonly answer?: 'accepted' | 'declined' | 'left'
  readonly isEndTold?: boolean
}

const ANSWERS = ['accepted', 'declined', 'left'] as const

/** Oldest first; what does not decode is left out. */
export function readGuardians(doc: Readonly<GuardiansDocument>): KnownGuardian[] {
  return Object.entries(doc)
    .flatMap(([id, guardian]) => readGuardian(DeviceId.parse(id), guardian))
    .toSorted((a, b) => a.createdAt - b.createdAt)
}

function readGuardian(deviceId: DeviceId | undefined, guardian: GuardianDocument): KnownGuardian[] {
  if (deviceId === undefined || guardian.person.length !== PrincipalId.size) return []
  const answer = ANSWERS.find(one => one === String(guardian.end ?? guardian.answer ?? ''))
  return [
    {
      deviceId,
      person: PrincipalId.of(guardian.person),
      name: String(guardian.name),
      purpose: PURPOSES.find(one => one === String(guardian.purpose)) ?? 'guardian',
      until: instant(Math.min(guardian.until, NEVER)),
      createdAt: instant(guardian.createdAt),
      isTold: guardian.isTold,
      isEndTold: guardian.isEndTold === true,
      ...(answer === undefined ? {} : { answer }),
    },
  ]
}

// ── inside a change ──

export function putGuardian(doc: GuardiansDocument, guardian: KnownGuardian): void {
  doc[guardian.deviceId] = {
    person: idBytes(guardian.person),
    name: new ImmutableString(guardian.name),
    purpose: new ImmutableString(guardian.purpose),
    until: guardian.until,
    createdAt: guardian.createdAt,
    isTold: guardian.isTold,
    ...(guardian.answer === undefined ? {} : { answer: new ImmutableString(guardian.answer) }),
  }
}

export function putGuardianTold(doc: GuardiansDocument, deviceId: DeviceId): void {
  const guardian = doc[deviceId]
  if (guardian !== undefined) guardian.isTold = true
}

export function putEndTold(doc: GuardiansDocument, deviceId: DeviceId): void {
  const guardian = doc[deviceId]
  if (guardian !== undefined) guardian.isEndTold = true
}

/** Until when they manage the record from now on. */
export function putGuardianUntil(doc: GuardiansDocument, deviceId: DeviceId, until: Instant): void {
  const guardian = doc[deviceId]
  if (guardian !== undefined && guardian.until !== until) guardian.until = until
}

/** Once it is over, nobody who accepts later changes that. */
export function putGuardianAnswer(doc: GuardiansDocument, deviceId: DeviceId, answer: KnownGuardian['answer']): void {
  const guardian = doc[deviceId]
  if (guardian === undefined || answer === undefined) return
  if (answer === 'accepted') guardian.answer = new ImmutableString(answer)
  else guardian.end = new ImmutableString(answer)
}
