import type { LinkId, LogId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { Clock, StoreFailure } from '../ports.ts'
import { PEOPLE_SHARD, type PeopleDocument, readPeople } from '../sharing/people-document.ts'
import type { RelayFailure } from '../sync/sync.ts'
import type { Account } from './account.ts'
import { isRefused } from './registration.ts'
import { putMirror, putMoved, readRelay, RELAY_SHARD, type RelayDocument } from './relay-document.ts'

/** What is left at the relay before stays so long: letters still come there, and who has heard nothing is led on. */
export const LEFT_MS = 30 * 24 * 3600_000
/** A device that has not followed by then is not waited for. */
export const LONGEST_LEFT_MS = 90 * 24 * 3600_000

export interface LinkOut {
  readonly logId: LogId
  readonly linkId: LinkId
}

/** By the clock of the relay where the record is, as far as that has told it. */
export function relayNow({ client }: Account, clock: Clock): Instant {
  const told = client.relayTime()
  return told === undefined ? clock.now() : instant(told.relay + Math.floor(clock.monotonicMs() - told.atMs))
}

/** Links that still lead somewhere at this person's relay. */
export async function linksOut(account: Account): Promise<Result<readonly LinkOut[], RelayFailure>> {
  const links: LinkOut[] = []
  for (const { id: logId } of account.allLogs()) {
    const told = await account.client.links(logId)
    if (!told.ok && told.failure.kind !== 'refused') return told
    const living = told.ok ? told.value.filter(({ standing }) => standing === 'open' || standing === 'paused') : []
    links.push(...living.map(({ linkId }) => ({ logId, linkId })))
  }
  return ok(links)
}

export async function endLinks({ client }: Account, links: readonly LinkOut[]): Promise<Result<void, RelayFailure>> {
  for (const { logId, linkId } of links) {
    const ended = await client.changeLink(logId, linkId, 'destroy')
    if (!ended.ok && !isRefused(ended, 'not-found')) return ended
  }
  return ok(undefined)
}

/**
 * The commit point: from here on every device that hears of it asks the new relay. Said at the relay before, while that is still this
 * device's own; what does not arrive there is brought by the copy.
 */
export async function commitMove(account: Account, at: Instant): Promise<Result<void, StoreFailure>> {
  const { log } = account.logs.home
  const from = account.relays.own
  const settled = from === undefined ? undefined : await account.settle()
  if (from === undefined || settled?.ok !== true) return ok(undefined)
  await log.change<RelayDocument>(RELAY_SHARD, doc => putMoved(doc, from, at))
  const stored = await log.flush()
  if (stored.ok) await account.settle()
  return stored
}

/** Whether nobody needs anything any more of what the relay before has. */
export async function isLeft({ logs, keyring }: Account, now: Instant): Promise<boolean> {
  const { movedAt, followed } = readRelay(await logs.home.log.read<RelayDocument>(RELAY_SHARD))
  if (movedAt === undefined || now < movedAt + LEFT_MS) return false
  if (now >= movedAt + LONGEST_LEFT_MS) return true
  const { own, contacts } = readPeople(await logs.home.log.read<PeopleDocument>(PEOPLE_SHARD))
  const devices = keyring.devices.filter(device => device.removedAt === undefined)
  const met = contacts.filter(({ via, refusal }) => via === undefined && refusal === undefined)
  return (
    devices.every(({ deviceId }) => followed.has(deviceId)) && met.every(({ toldNumber }) => toldNumber >= own.number)
  )
}

/** Once nothing is left there, it is not looked at any more. */
export async function endLeft({ logs }: Account): Promise<Result<void, StoreFailure>> {
  await logs.home.log.change<RelayDocument>(RELAY_SHARD, doc => putMirror(doc, undefined))
  const stored = await logs.home.log.flush()
  return stored.ok ? stored : fail(stored.failure)
}
