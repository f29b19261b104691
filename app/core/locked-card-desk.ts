import { utf8 } from '#schema/bytes.ts'
import { instant } from '#schema/instant.ts'
import { fail, type Result } from '#schema/result.ts'
import type { CardFace, CardFaces, LockedCard, LockedCardFailure } from './card-session.ts'
import type { Clock, StoreFailure } from './ports.ts'
import type { NotStored } from './session.ts'
import type { StatusDesk } from './status-desk.ts'
import { freshUnlock } from './vault/fresh-unlock.ts'
import type { VaultDesk } from './vault/vault-desk.ts'
import type { VaultSlot } from './vault/open-vault.ts'
import { Watched } from './watched.ts'
import type { WatchedBox } from './watched-box.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Answer = Promise<Result<void, LockedCardFailure>>

/** More than this no card holds, and no helper reads. Bytes of all faces as JSON. */
const MAX_BYTES = 64 * 1024

/** What this device shows while the record is locked, if its person allowed it: one text, under a key of the device's own. */
export class LockedCardDesk {
  readonly card = new Watched<LockedCard | undefined>(undefined)
  readonly #box: WatchedBox
  readonly #slot: VaultSlot
  readonly #vault: VaultDesk
  readonly #clock: Clock

  constructor(box: WatchedBox, slot: VaultSlot, vault: VaultDesk, clock: Clock) {
    this.#box = box
    this.#slot = slot
    this.#vault = vault
    this.#clock = clock
    box.content.watch(plain => this.card.set(plain && readLockedCard(new TextDecoder().decode(plain))))
  }

  /** Where the record is gone, or this device was removed from it, nothing of it is shown. */
  async start({ status }: StatusDesk): Promise<void> {
    await this.#box.read()
    if (this.#vault.state.value.kind === 'empty') await this.#box.empty()
    this.#vault.state.watch(({ kind }) => {
      if (kind === 'empty' && this.#box.content.value !== undefined) void this.#box.empty()
    })
    status.watch(({ problems }) => {
      const isOut = problems.some(({ kind }) => kind === 'removed-here' || kind === 'record-gone')
      if (isOut && this.#box.content.value !== undefined) void this.#box.empty()
    })
  }

  async allow(faces: CardFaces, passphrase: string): Answer {
    if (this.#slot.open === undefined) return fail({ kind: 'locked' })
    const unlocked = await freshUnlock(this.#vault, passphrase)
    return unlocked.ok ? this.#show(faces, plain => this.#box.put(plain)) : unlocked
  }

  renew(faces: CardFaces): Answer {
    return this.#show(faces, plain => this.#box.renew(plain))
  }

  async forbid(): Answer {
    if (this.#slot.open === undefined) return fail({ kind: 'locked' })
    return told(await this.#box.empty())
  }

  async #show(faces: CardFaces, put: (plain: Bytes) => Promise<Result<void, StoreFailure>>): Answer {
    if (this.#slot.open === undefined) return fail({ kind: 'locked' })
    const card: LockedCard = { faces, asOf: this.#clock.now() }
    const plain = utf8(JSON.stringify(card))
    return plain.length > MAX_BYTES ? fail({ kind: 'too-long' }) : told(await put(plain))
  }
}

const told = (done: Result<void, StoreFailure>): Result<void, NotStored> =>
  done.ok ? done : fail({ kind: 'not-stored', why: done.failure })

/** Total: of what this version does not know nothing is shown. */
export function readLockedCard(text: string): LockedCard | undefined {
  try {
    const { faces, asOf } = JSON.parse(text) as { readonly faces?: unknown; readonly asOf?: unknown }
    if (!Array.isArray(faces) || !faces.every(isFace) || typeof asOf !== 'number') return undefined
    return { faces, asOf: instant(asOf) }
  } catch {
    return undefined
  }
}

const areTexts = (value: unknown) => Array.isArray(value) && value.every(each => typeof each === 'string')

function isFace(value: unknown): value is CardFace {
  const { language, head, parts } = (value ?? {}) as Partial<Record<keyof CardFace, unknown>>
  if (typeof language !== 'string' || !areTexts(head) || !Array.isArray(parts)) return false
  return parts.every(part => {
    const { title, lines } = (part ?? {}) as { readonly title?: unknown; readonly lines?: unknown }
    return typeof title === 'string' && areTexts(lines)
  })
}
