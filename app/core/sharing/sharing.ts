import type { PreparedWrite } from '../log/sealed-log.ts'
import type { ContactId } from '#schema/ids.ts'
import type { Ports } from '../ports.ts'
import { commitAll } from '../record/commit-all.ts'
import type { RecordService } from '../record/open-record.ts'
import type { OpenVault } from '../vault/open-vault.ts'
import { GivenShares } from './given-shares.ts'
import { LateClerk } from './late-clerk.ts'
import { LogEnder } from './log-ender.ts'
import type { Clerk } from './clerk.ts'
import { PostOffice } from './post-office.ts'
import type { SharedSync } from './shared-engines.ts'
import { ReceivedShares } from './received-shares.ts'
import { RelayClock } from './relay-clock.ts'

/** What works for an open vault. */
export interface Sharing {
  readonly office: PostOffice
  readonly given: GivenShares
  readonly received: ReceivedShares
  readonly ender: LogEnder
  readonly time: RelayClock
}

export interface SharingDeps {
  readonly ports: Ports
  /** On this person's card. */
  readonly namesRelay: boolean
  /** The open one; another when a section goes on in another log. */
  readonly record: () => RecordService | undefined
  /** Who reads letters beside those about shares. */
  readonly clerks: readonly Clerk[]
  /** Shares, or the records behind them, may have changed. */
  readonly onChange: () => void
  readonly onSharedSync: (shared: SharedSync) => void
  /** The relay ended on an open connection what let a record of others be watched. */
  readonly onUnwatched: () => void
}

/** Everything that shares and reads letters for a vault, in the order in which a round goes. */
export function makeSharing({ account, about, keys }: OpenVault, deps: SharingDeps): Sharing {
  const { ports, record, clerks, onChange, onSharedSync, onUnwatched } = deps
  const { store, clock } = ports
  const name = () => about.person.name
  const time = new RelayClock(account.client, clock, store, keys.local)
  const relay = deps.namesRelay ? (account.relays.own ?? '') : ''
  const office = new PostOffice(account, clock, time, name, relay)
  const commit = (prepared: readonly PreparedWrite[]) => commitAll(store, prepared)
  const rebase = { ...ports, account, localKey: keys.local, commit, record }
  const given = new GivenShares(office, keys.account, name, rebase)
  const told = { onChange, onSharedSync, onUnwatched }
  const relayOf = (contact: ContactId) => office.relayOf(contact)
  const received = new ReceivedShares({ ports, account, office, time, relayOf, localKey: keys.local, commit, ...told })
  const ender = new LogEnder(account, office, given)
  const late = new LateClerk({ account, store, office, given, received, onChange })
  for (const clerk of [given, received, late, ...clerks, ender]) office.employ(clerk)
  return { office, given, received, ender, time }
}
