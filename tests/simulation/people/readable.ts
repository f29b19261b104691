import { decodeChange, free, getAllChanges, load } from '@automerge/automerge/slim'
import { type LogKey, logKeyOf, type OpenedFrame, openSigned } from '#app/core/log/open-frame.ts'
import { recoverHomeKeys } from '#app/core/log/recover-keys.ts'
import type { EpochKey } from '#app/core/log/sealed-log.ts'
import { identityOf } from '#app/core/home/account-row.ts'
import { decodeGrant, type Grant } from '#app/core/sharing/grant.ts'
import { openLetter } from '#app/core/sharing/letter.ts'
import type { KemKey } from '#crypto/keys.ts'
import { frameHash, logIdOf } from '#crypto/hash.ts'
import type { KeyId, LogId } from '#schema/ids.ts'
import { decodeFrame } from '#schema/protocol/frame.ts'
import { type Insight, shareKemsOf } from './insight.ts'
import type { PeopleWorld } from './people-world.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Every grant that anybody ever wrote to this person, whether or not the relay brought it. */
export function grantsTo(world: PeopleWorld, insight: Insight): Grant[] {
  const kems = shareKemsOf(insight)
  return world.relay.letters.flatMap(({ body }) => {
    const letter = openLetter(body, insight.keyring.principal, kems)
    const grant = letter.ok && letter.value.kind === 'grant' ? decodeGrant(letter.value.body) : undefined
    return grant?.ok ? [grant.value] : []
  })
}

/** What keys somebody has, and to which logs. */
interface Held {
  readonly kems: readonly KemKey[]
  readonly logs: readonly { readonly genesis: Bytes; readonly epochs: readonly EpochKey[] }[]
}

/**
 * All that somebody could ever read of others' records: with every key that was sealed to them, and every frame that anybody gave to
 * any relay, as if the relay served them all.
 */
export function readableBy(world: PeopleWorld, insight: Insight, grants: readonly Grant[]): ReadonlySet<string> {
  return readableWith(world, { kems: shareKemsOf(insight), logs: grants.flatMap(grant => grant.logs) })
}

/** Whoever has a device that was removed: what it knew, and all that was ever sealed to what it knew; of these logs. */
export function readableByThief(
  world: PeopleWorld,
  insight: Insight,
  isMeant: (section: string) => boolean = () => true,
): ReadonlySet<string> {
  return textsIn(world, textReadBy(world, insight, isMeant))
}

/** All that it says there. */
export function textReadBy(world: PeopleWorld, insight: Insight, isMeant: (section: string) => boolean): string {
  const { keyring, row } = insight
  const own = [...keyring.logs, ...keyring.closedLogs].filter(({ section }) => isMeant(section))
  return textWith(world, {
    kems: [...shareKemsOf(insight), identityOf(row).kem],
    logs: [...own, ...grantsTo(world, insight).flatMap(grant => grant.logs)],
  })
}

function readableWith(world: PeopleWorld, held: Held): ReadonlySet<string> {
  return textsIn(world, textWith(world, held))
}

function textsIn({ canary }: PeopleWorld, text: string): ReadonlySet<string> {
  return new Set(text.match(new RegExp(`${canary}\\d+\\.`, 'g')))
}

function textWith(world: PeopleWorld, { kems, logs }: Held): string {
  const keys = new Map<LogId, Map<KeyId, EpochKey>>()
  const keep = (logId: LogId, key: EpochKey) => {
    const known = keys.get(logId) ?? new Map<KeyId, EpochKey>()
    keys.set(logId, known.set(key.keyId, key))
  }
  const geneses = new Map<LogId, Bytes>()
  for (const { genesis, epochs } of logs) {
    geneses.set(logIdOf(genesis), genesis)
    for (const key of epochs) keep(logIdOf(genesis), key)
  }
  for (const [logId, genesis] of geneses) {
    const frames = [...(world.frames.get(logId)?.values() ?? [])]
    for (const kem of kems) for (const key of recoverHomeKeys(genesis, frames, kem)) keep(logId, key)
  }
  return [...keys].map(([logId, known]) => textOf(world, logId, [...known.values()])).join('\n')
}

/** Every change in a log's frames that these keys open. */
function textOf(world: PeopleWorld, logId: LogId, keys: readonly EpochKey[]): string {
  const known = new Map<KeyId, LogKey>(keys.map(key => [key.keyId, logKeyOf(key, logId)]))
  const texts: string[] = []
  for (const bytes of world.frames.get(logId)?.values() ?? []) {
    const parts = decodeFrame(bytes)
    if (parts.ok && known.has(parts.value.header.keyId))
      texts.push(...changesIn(openSigned(parts.value, frameHash(bytes), known)))
  }
  return texts.join('\n')
}

function changesIn({ parts, snapshot }: OpenedFrame): string[] {
  const changes = parts.flatMap(({ body }) => (body.kind === 'changes' ? body.changes : []))
  const saves = parts.flatMap(({ body }) => (body.kind === 'save' && 'inline' in body.save ? [body.save.inline] : []))
  const covered = (snapshot?.shards ?? []).flatMap(({ save }) => ('inline' in save ? [save.inline] : []))
  const whole = [...saves, ...covered].flatMap(save => {
    const doc = load(save)
    const all = getAllChanges(doc)
    free(doc)
    return all
  })
  return [...changes, ...whole].map(change => JSON.stringify(decodeChange(change).ops))
}
