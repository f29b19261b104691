import { hash } from '#crypto/hash.ts'
import { lockOfPasscode } from '#crypto/link-passcode.ts'
import { LinkId } from '#schema/ids.ts'
import {
  encodeNewLink,
  LINK_ADDRESS_BYTES,
  type LinkState,
  MAX_LINK_FILE_BYTES,
  MAX_LINK_OPENS,
  MAX_LINK_ORIGIN_BYTES,
  passcodeBytes,
} from '#schema/protocol/link.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { Account } from '../home/account.ts'
import {
  MAX_LINK_LABEL,
  MIN_PASSCODE,
  type MakeOutLink,
  type OutLink,
  type OutLinkFailure,
  type OutLinkSession,
} from '../out-link-session.ts'
import type { Ports } from '../ports.ts'
import type { RelayFailure } from '../sync/sync.ts'
import { freshUnlock, type PassphraseCheck } from '../vault/fresh-unlock.ts'
import type { OpenVault, VaultSlot } from '../vault/open-vault.ts'
import type { LinkUpkeep } from './link-upkeep.ts'
import { formOf, type KeptOutLink, outLinkBook, shownOutLink } from './out-links-document.ts'
import { makeProjection, sealProjection } from './projection.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Done<Value> = Promise<Result<Value, OutLinkFailure>>

const KEY_BYTES = 32
/** Past its end; the relay has forgotten who opened it by then. */
const LISTED_MS = 31 * 24 * 3600_000

/** Links that were handed out of whichever record is open. The relay is asked; nothing of it is kept here but the link itself. */
export function makeOutLinkDesk(
  { clock, random }: Pick<Ports, 'clock' | 'random'>,
  slot: VaultSlot,
  vault: PassphraseCheck,
  upkeep: LinkUpkeep,
): OutLinkSession {
  const bookOf = ({ account }: OpenVault) => outLinkBook(account.logs.home)
  const homeId = ({ logs }: Account) => logs.home.log.id

  async function change(linkId: string, act: 'pause' | 'arm' | 'destroy'): Done<void> {
    const [open, id] = [slot.open, LinkId.parse(linkId)]
    if (open === undefined) return fail({ kind: 'locked' })
    if (id === undefined) return fail({ kind: 'not-found' })
    const changed = await open.account.client.changeLink(homeId(open.account), id, act)
    if (!changed.ok) return fail(relayFailure(changed.failure))
    const forgotten = act === 'destroy' ? await bookOf(open).forget([id]) : ok(undefined)
    return forgotten.ok ? ok(undefined) : fail({ kind: 'not-stored', why: forgotten.failure })
  }

  function newLink({ account }: OpenVault, request: MakeOutLink): KeptOutLink {
    const address = random.bytes(LINK_ADDRESS_BYTES)
    const { sections, files, noneKnown, words, expiresAt, maxOpens } = request
    return {
      linkId: LinkId.of(hash(address).subarray(0, LinkId.size)),
      address,
      key: random.bytes(KEY_BYTES),
      // The window knows where the app is from, not where the record moved to.
      origin: account.relay.address ?? request.origin,
      label: request.label.trim(),
      sections,
      files,
      madeAt: clock.now(),
      expiresAt,
      hasPasscode: request.passcode !== undefined,
      ...(maxOpens === undefined ? {} : { maxOpens }),
      ...(request.isLiving ? { living: { noneKnown, words } } : {}),
    }
  }

  /** In the list of this person's devices before the relay has it: a link that nobody knows of could not be ended. */
  async function put(open: OpenVault, kept: KeptOutLink, body: Bytes): Done<void> {
    const book = bookOf(open)
    const old = (await book.list()).filter(one => one.expiresAt + LISTED_MS < clock.now())
    if (old.length > 0) await book.forget(old.map(one => one.linkId))
    const stored = await book.keep(kept)
    if (!stored.ok) return fail({ kind: 'not-stored', why: stored.failure })
    const sent = await open.account.client.putLink(homeId(open.account), body)
    if (sent.ok) return ok(undefined)
    await book.forget([kept.linkId])
    return fail(relayFailure(sent.failure))
  }

  return {
    async makeOutLink(request) {
      const [open, wrong] = [slot.open, wrongField(request)]
      if (open === undefined) return fail({ kind: 'locked' })
      if (open.account.row.isSample) return fail({ kind: 'sample' })
      if (request.sections.length + request.files.length === 0) return fail({ kind: 'nothing-chosen' })
      if (wrong !== undefined) return fail({ kind: 'invalid', field: wrong })
      const unlocked = await freshUnlock(vault, request.passphrase)
      if (!unlocked.ok) return unlocked
      const kept = newLink(open, request)
      const projection = await makeProjection(open.record, request)
      const file = await sealProjection(projection, kept.key)
      if (file.length > MAX_LINK_FILE_BYTES) return fail({ kind: 'too-large' })
      const { passcode } = request
      const lock = passcode === undefined ? {} : { lock: await lockOfPasscode(passcode) }
      const refreshed = { at: kept.madeAt, digest: projection.digest }
      const body = encodeNewLink({ ...kept, ...formOf(kept), ...lock, file })
      const made = await put(open, { ...kept, ...(request.isLiving ? { refreshed } : {}) }, body)
      if (made.ok) upkeep.look()
      return made.ok ? ok(shownOutLink(kept, { standing: 'open', opens: 0, openings: [] })) : made
    },
    async outLinks() {
      const { open } = slot
      if (open === undefined) return []
      const kept = await bookOf(open).list()
      if (kept.length === 0) return []
      const told = await open.account.client.links(homeId(open.account))
      const stateById = new Map(told.ok ? told.value.map(state => [state.linkId, state]) : [])
      return kept.map(link => {
        const refreshProblem = upkeep.problemOf(link.linkId)
        const state = told.ok ? stateOf(stateById.get(link.linkId)) : UNKNOWN
        return shownOutLink(link, { ...state, ...(refreshProblem === undefined ? {} : { refreshProblem }) })
      })
    },
    endOutLink: change,
    async armOutLink(linkId, passphrase) {
      const unlocked = await freshUnlock(vault, passphrase)
      return unlocked.ok ? change(linkId, 'arm') : unlocked
    },
  }
}

const UNKNOWN = { standing: 'unknown', opens: 0, openings: [] } as const

function stateOf(state: LinkState | undefined): Pick<OutLink, 'standing' | 'opens' | 'openings'> {
  if (state === undefined) return { standing: 'gone', opens: 0, openings: [] }
  const { standing, opens, openings } = state
  return { standing, opens, openings }
}

function wrongField(request: MakeOutLink): Extract<OutLinkFailure, { kind: 'invalid' }>['field'] | undefined {
  const { label, passcode, maxOpens, origin } = request
  if (label.trim().length > MAX_LINK_LABEL) return 'label'
  if (passcode !== undefined && passcodeBytes(passcode).length < MIN_PASSCODE) return 'passcode'
  const isCount = maxOpens === undefined || (Number.isInteger(maxOpens) && maxOpens >= 1 && maxOpens <= MAX_LINK_OPENS)
  if (!isCount) return 'maxOpens'
  const isOrigin = URL.canParse(origin) && new URL(origin).origin === origin && /^https?:/.test(origin)
  return isOrigin && origin.length <= MAX_LINK_ORIGIN_BYTES ? undefined : 'origin'
}

function relayFailure(failure: RelayFailure): OutLinkFailure {
  if (failure.kind !== 'refused') return { kind: 'unreachable' }
  const { code } = failure
  // Of what is sent, only the end can be wrong by another clock.
  if (code === 'bad-request') return { kind: 'invalid', field: 'expiresAt' }
  if (code === 'quota') return { kind: 'no-room' }
  return { kind: code === 'too-large' || code === 'not-found' ? code : 'unreachable' }
}
