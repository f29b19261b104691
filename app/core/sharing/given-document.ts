import type { Counter, ImmutableString } from '@automerge/automerge/slim'
import { decodeAll } from '#schema/bytes.ts'
import { CapabilityId, ContactId, DeviceId, LogId, PrincipalId, ShareId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { readInstant } from '#schema/protocol/proof.ts'
import { isConversation, type SharedName, SECTIONS } from '#schema/record/sections.ts'
import type { ShareRole } from '../share-session.ts'
import { type EndedCapability, readEnded } from './ended-capabilities.ts'
import { SHARE_ROLES } from './grant.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** The home log's shard of what this person shares with others: a map a share, by its id. */
export const GIVEN_SHARD = 'given'

export type GivenDocument = Record<string, GivenShareDocument>

interface GivenShareDocument {
  contact: ImmutableString
  role: ImmutableString
  until: number
  withHistory: boolean
  createdAt: number
  /** The device that began it, and alone can tell of it at first. */
  by?: ImmutableString
  /** Public halves of its first G and of what the recipient proved to the relay with it. */
  principal: Uint8Array
  holder: Uint8Array
  /** H of the shareKem that the first G was made for. */
  kem?: Uint8Array
  /** What took their place: principal(32) ‖ holder(32) ‖ H of its shareKem(32) ‖ made at(8). One value: of two devices' one counts, whole. */
  renewed?: Uint8Array
  /** Every G that was made for it, by principal. */
  principals?: Record<string, boolean>
  /** Which device made each of them but the first, by principal. */
  makers?: Record<string, ImmutableString>
  /** By principal, the version that told its seed. */
  seedsTold?: Record<string, number>
  /** Marks of the keys that letters told, where EPOCHs had not, and of the end (`keys-told.ts`). */
  keysTold?: Record<string, boolean>
  sections: Record<string, boolean>
  /** By section, what the device that gave it had of its log then: `log writer:next …`. */
  since?: Record<string, ImmutableString>
  /** Sections that began anew while it went on: what was in them before is not there any more for its recipient. */
  anew?: Record<string, boolean>
  /**
   * By id, the capabilities registered for it now: log(16) ‖ notAfter(8) ‖ principal(32) of the G it is for; left out for the first. Two
   * devices may have made one each for the same log.
   */
  capabilities: Record<string, Uint8Array>
  /** Under their ids, those that were ended: a relay that was put back is told again. */
  ended?: Record<string, Uint8Array>
  /** Raised by every change that the recipient has to hear of; what two devices raise at once adds up. */
  version: Counter
  /** Its recipient may have thrown the offer away unread, whose seed nobody has any more. */
  isUnheard?: boolean
  told: number
  /** By device, the version that its last letter told: what a removed one wrote may have been passed over. */
  toldBy?: Record<string, number>
  pausedAt?: number
  endedBy?: ImmutableString
  endedAt?: number
  /** Logs of its sections as the device that ended it knew them: of these its recipient may have keys. */
  endedIn?: Record<string, boolean>
  answer?: ImmutableString
  /** By the device that accepted it, its chain's devices, it first: who removes one of them may not know what it said. */
  acceptedBy?: Record<string, ImmutableString>
  openedAt?: number
}

export type EndedBy = 'stopped' | 'expired' | 'declined' | 'left'
const ENDINGS: readonly EndedBy[] = ['stopped', 'expired', 'declined', 'left']

export interface RegisteredCapability {
  readonly logId: LogId
  readonly id: CapabilityId
  readonly notAfter: Instant
  /** The G for whose recipient it is. */
  readonly principal: PrincipalId
}

export interface KnownShare {
  readonly id: ShareId
  readonly contact: ContactId
  readonly role: ShareRole
  /** NEVER: until this person stops it. */
  readonly until: Instant
  readonly withHistory: boolean
  readonly createdAt: Instant
  /** The device that began it, and alone can tell of it at first. */
  readonly by?: DeviceId
  /** Its G as of now. */
  readonly principal: PrincipalId
  readonly holderKey: Bytes
  /** Of the shareKem that this G is for. */
  readonly kemMark: Bytes
  /** Left out for its first G. */
  readonly renewedAt?: Instant
  /** The device that made this G, and could act with it. */
  readonly maker?: DeviceId
  /** Every G it had. */
  readonly principals: readonly PrincipalId[]
  /** Which device of ours made each of them, as far as that was noted. */
  readonly makers: ReadonlyMap<PrincipalId, DeviceId>
  /** By principal, the version that told its seed. */
  readonly seedsTold: ReadonlyMap<PrincipalId, number>
  /** `marksOfKeys` that its recipient was told, `markOfEnd`. */
  readonly keysTold: ReadonlySet<string>
  /** Sections of the record in the order of SECTIONS, or one conversation. */
  readonly sections: readonly SharedName[]
  readonly since: ReadonlyMap<SharedName, string>
  /** Those that began anew since they were given. */
  readonly begunAnew: readonly SharedName[]
  readonly capabilities: readonly RegisteredCapability[]
  /** Also those that have ended. */
  readonly capabilityIds: readonly CapabilityId[]
  readonly ended: readonly EndedCapability[]
  readonly version: number
  readonly isUnheard: boolean
  readonly told: number
  /** The version that each device’s last letter told (`versionInLetters`). */
  readonly toldBy: ReadonlyMap<DeviceId, number>
  readonly isPaused: boolean
  readonly endedBy?: EndedBy
  readonly endedAt?: Instant
  /** Where its sections were when it ended. */
  readonly endedIn: readonly LogId[]
  readonly isAccepted: boolean
  /** Of each device that said so, the devices of its chain, it first; none where that was not noted. */
  readonly acceptedBy: readonly (readonly DeviceId[])[]
  readonly openedAt?: Instant
}

/** Newest first; what does not decode is left out. */
export function readGiven(doc: Readonly<GivenDocument>): KnownShare[] {
  return Object.entries(doc)
    .flatMap(([id, share]) => readShare(ShareId.parse(id), share))
    .toSorted((a, b) => b.createdAt - a.createdAt)
}

function readShare(id: ShareId | undefined, share: GivenShareDocument): KnownShare[] {
  const contact = ContactId.parse(String(share.contact))
  const role = SHARE_ROLES.find(one => one === String(share.role))
  if (!id || !contact || !role || share.principal.length !== PrincipalId.size || share.holder.length !== 32) return []
  const names: readonly SharedName[] = [...SECTIONS, ...Object.keys(share.sections).filter(isConversation)]
  const endedBy = ENDINGS.find(one => one === String(share.endedBy ?? ''))
  const by = DeviceId.parse(String(share.by ?? ''))
  const first = PrincipalId.of(share.principal)
  const grant = readRenewed(share) ?? {
    principal: first,
    holderKey: new Uint8Array(share.holder),
    kemMark: new Uint8Array(share.kem ?? []),
  }
  const maker = grant.principal === first ? by : DeviceId.parse(String(share.makers?.[grant.principal] ?? ''))
  const others = Object.keys(share.principals ?? {}).flatMap(one => PrincipalId.parse(one) ?? [])
  const capabilities = Object.entries(share.capabilities).flatMap(([name, bytes]) => readCapability(name, bytes, first))
  const ended = Object.entries(share.ended ?? {}).flatMap(([name, bytes]) => readEnded(name, bytes, first))
  return [
    {
      id,
      contact,
      role,
      until: instant(Math.min(share.until, NEVER)),
      withHistory: share.withHistory,
      createdAt: instant(share.createdAt),
      ...grant,
      principals: [...new Set([first, grant.principal, ...others])],
      seedsTold: new Map(
        Object.entries(share.seedsTold ?? {}).flatMap(([name, version]) => {
          const principal = PrincipalId.parse(name)
          return principal === undefined ? [] : [[principal, version] as const]
        }),
      ),
      keysTold: new Set(Object.keys(share.keysTold ?? {})),
      sections: names.filter(name => share.sections[name] === true),
      capabilities,
      capabilityIds: [...new Set([...ended, ...capabilities].map(made => made.id))],
      ended,
      since: new Map(names.map(name => [name, String(share.since?.[name] ?? '')])),
      begunAnew: names.filter(name => share.sections[name] === true && share.anew?.[name] === true),
      version: share.version.value,
      told: share.told,
      isUnheard: share.isUnheard === true,
      toldBy: new Map(
        Object.entries(share.toldBy ?? {}).flatMap(([name, version]) => {
          const device = DeviceId.parse(name)
          return device === undefined ? [] : [[device, version] as const]
        }),
      ),
      makers: makersOf(share, first, by),
      endedIn: Object.keys(share.endedIn ?? {}).flatMap(name => LogId.parse(name) ?? []),
      isPaused: share.pausedAt !== undefined,
      isAccepted: String(share.answer ?? '') === 'accepted',
      acceptedBy: Object.values(share.acceptedBy ?? {}).map(chain =>
        String(chain)
          .split(' ')
          .flatMap(name => DeviceId.parse(name) ?? []),
      ),
      ...(by === undefined ? {} : { by }),
      ...(maker === undefined ? {} : { maker }),
      ...(endedBy === undefined ? {} : { endedBy }),
      ...(share.endedAt === undefined ? {} : { endedAt: instant(share.endedAt) }),
      ...(share.openedAt === undefined ? {} : { openedAt: instant(share.openedAt) }),
    },
  ]
}

function makersOf({ makers = {} }: GivenShareDocument, first: PrincipalId, by: DeviceId | undefined) {
  const later = Object.entries(makers).flatMap(([name, maker]) => {
    const [principal, device] = [PrincipalId.parse(name), DeviceId.parse(String(maker))]
    return principal !== undefined && device !== undefined ? [[principal, device] as const] : []
  })
  return new Map<PrincipalId, DeviceId>([...(by === undefined ? [] : [[first, by] as const]), ...later])
}

function readRenewed({ renewed }: GivenShareDocument) {
  const decoded =
    renewed &&
    decodeAll(renewed, reader => ({
      principal: PrincipalId.read(reader),
      holderKey: reader.bytes(32),
      kemMark: reader.bytes(32),
      renewedAt: readInstant(reader),
    }))
  return decoded?.ok ? decoded.value : undefined
}

function readCapability(name: string, bytes: Uint8Array, first: PrincipalId): RegisteredCapability[] {
  const id = CapabilityId.parse(name)
  const decoded = decodeAll(bytes, reader => ({
    logId: LogId.read(reader),
    notAfter: readInstant(reader),
    principal: reader.left === 0 ? first : PrincipalId.read(reader),
  }))
  return id !== undefined && decoded.ok ? [{ id, ...decoded.value }] : []
}
