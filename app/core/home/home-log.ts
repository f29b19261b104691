import type { Result } from '#schema/result.ts'
import type { LogEvent, SealedLog } from '../log/sealed-log.ts'
import type { StoreFailure } from '../ports.ts'
import type { Settings } from '../session.ts'
import type { Keyring } from './keyring.ts'
import { KEYRING_SHARD, type KeyringDocument, readKeyring } from './keyring-document.ts'
import {
  PERSON_SHARD,
  type Person,
  type PersonDocument,
  readPerson,
  readSettings,
  SETTINGS_SHARD,
  type SettingsDocument,
  writeSettings,
} from './person-document.ts'

/** What somebody who treats others has to offer to them. */
export const FREE_SLOTS_SHARD = 'free-slots'

type Saved = Promise<Result<void, StoreFailure>>

/** The home log with what its shards mean. Every change is durable when its promise answers ok. */
export class HomeLog {
  readonly log: SealedLog

  constructor(log: SealedLog) {
    this.log = log
  }

  /** Undefined until the keyring has arrived (a device just paired). */
  async keyring(): Promise<Keyring | undefined> {
    return readKeyring(await this.log.read<KeyringDocument>(KEYRING_SHARD))
  }

  /** With what removed devices had added to it and what does not count: for keys alone. */
  async refusedKeyring(): Promise<Keyring | undefined> {
    return this.log.readWithRefused<KeyringDocument, Keyring | undefined>(KEYRING_SHARD, readKeyring)
  }

  async changeKeyring(change: (doc: KeyringDocument) => void): Saved {
    await this.log.change<KeyringDocument>(KEYRING_SHARD, change)
    return this.log.flush()
  }

  async person(): Promise<Person> {
    return readPerson(await this.log.read<PersonDocument>(PERSON_SHARD))
  }

  async changePerson(change: (doc: PersonDocument) => void): Saved {
    await this.log.change<PersonDocument>(PERSON_SHARD, change)
    return this.log.flush()
  }

  async settings(): Promise<Settings> {
    return readSettings(await this.log.read<SettingsDocument>(SETTINGS_SHARD))
  }

  async changeSettings(change: Partial<Settings>): Saved {
    await this.log.change<SettingsDocument>(SETTINGS_SHARD, doc => writeSettings(doc, change))
    return this.log.flush()
  }

  /** Calls when a shard changed, here or by another device. */
  watch(shard: string, listener: () => void): () => void {
    return this.log.subscribe((event: LogEvent) => {
      if (event.kind === 'documents' && event.labels.includes(shard)) listener()
    })
  }
}
