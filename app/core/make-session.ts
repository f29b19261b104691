import { parseAdmissionToken } from '#schema/protocol/http.ts'
import { fail, ok } from '#schema/result.ts'
import { makeClinicDoor } from './clinics/clinic-door.ts'
import { DeviceDesk } from './devices/device-desk.ts'
import { KeptDesk } from './kept/kept-desk.ts'
import { LockedCardDesk } from './locked-card-desk.ts'
import type { Account } from './home/account.ts'
import { MirrorDesk } from './mirror-desk.ts'
import { MoveDesk } from './move-desk.ts'
import type { Ports } from './ports.ts'
import { fetchRecordSoon, makeRoom, recordOf } from './room.ts'
import { watchRoom } from './room-watch.ts'
import type { Session } from './session.ts'
import { PushDesk } from './push/push-desk.ts'
import { RelayDesk } from './relay-desk.ts'
import { PrivacyDesk } from './sharing/privacy-desk.ts'
import { PeopleDesk } from './sharing/people-desk.ts'
import { ShareDesk } from './sharing/share-desk.ts'
import { SettingsDesk } from './settings-desk.ts'
import { StatusDesk } from './status-desk.ts'
import { makeTogether } from './together.ts'
import { keepFromKit } from './vault/keep-from-kit.ts'
import { VaultSlot } from './vault/open-vault.ts'
import { freshUnlock } from './vault/fresh-unlock.ts'
import { PasskeyDesk } from './vault/passkey-desk.ts'
import { practiseKit } from './vault/practise-kit.ts'
import { VaultDesk } from './vault/vault-desk.ts'
import { WatchedBox } from './watched-box.ts'
import { WhenAsked } from './when-asked.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** The same made-up patient for everybody. */
const SAMPLE_SEED = 1

/** The session, and what only the worker that runs it may ask. */
export interface SessionHost {
  readonly session: Session
  /** Called at once and on each change with a copy of the vault key while the vault is open; undefined when locked. */
  watchKey(listener: (key: Bytes | undefined) => void): () => void
  /** After a hand-over from another worker of this profile. What does not open stays locked. */
  unlockWithKey(key: Bytes): Promise<void>
  /** The platform's hint that the network came or went. */
  setOnline(isOnline: boolean): void
  /** Saves what can be saved and wipes keys; the session must not be used afterwards. */
  dispose(): void
}

/** How the settings of a new record begin: asked once in a record's life, so not among what the worker begins with. */
const settingsOf = async (locale = '') => (await import('./home/regional-units.ts')).regionalUnits(locale)

/** Claims the store and serves the whole session over it. */
export async function makeSession(platform: Ports): Promise<SessionHost> {
  const { clock } = platform
  const slot = new VaultSlot()
  const status = new StatusDesk(slot, clock)
  const store = watchRoom(platform.store, isFull => status.noteRoom(isFull))
  const box = new WatchedBox(platform.box)
  const ports = { ...platform, store, box }
  const vault = new VaultDesk(ports, slot, (account, keys, person) => recordOf(ports, account, keys, person))
  vault.state.watch(({ kind }) => kind === 'locked' && fetchRecordSoon())
  const passkeys = new PasskeyDesk(ports, slot, vault)
  const devices = new DeviceDesk(ports, slot, vault, () => status.noteBehind())
  const settings = new SettingsDesk(slot, clock, () => void vault.lock())
  const people = new PeopleDesk(slot, ports, { onSharedSync: shared => status.noteShared(shared) })
  const shares = new ShareDesk(people, vault)
  // What is not sent yet goes to the relay before as far as that can be; the new one gets it anyhow.
  const beginAnew = async (account: Account) => {
    await account.settle()
    if (slot.open?.account === account) await vault.reopen()
  }
  let isOnline = true
  const isOnlineNow = () => isOnline
  const kept = new KeptDesk({ ports, slot, vault, people, isOnline: isOnlineNow })
  const privacy = new PrivacyDesk(slot, vault, people)
  const together = makeTogether({ ports, slot, people, vault, record: () => slot.open?.record })
  const pushes = new PushDesk(ports, slot, together.conversations)
  const relay = new RelayDesk(ports.relay, slot)
  const mirrors = new MirrorDesk(ports, slot, vault)
  const moves = new MoveDesk(clock, slot, mirrors)
  const { noteImported, ...clinics } = makeClinicDoor(ports, slot, vault)
  const desks = {
    vault,
    status,
    people,
    shares,
    privacy,
    guardians: kept.managers,
    handOver: kept.noHandOver,
    together,
  }
  const room = makeRoom({ ports, slot, state: vault.state, ...desks, isOnline: isOnlineNow })
  slot.onOpen(({ account }) => account.watchMoved(() => void beginAnew(account)))
  slot.onOpen(({ keys }) => {
    void keepFromKit(store, keys)
    return () => undefined
  })
  // Hardly anybody makes one each day.
  const backup = new WhenAsked(async () => {
    const { BackupDesk } = await import('./backup/backup-desk.ts')
    return new BackupDesk({ ports, slot, vault, kept })
  })
  const lockedCard = new LockedCardDesk(box, slot, vault, clock)
  await vault.start()
  await lockedCard.start(status)

  const session: Session = {
    ...room,
    async createRecord({ locale, relayToken = '', ...request }) {
      devices.cancelPairing()
      fetchRecordSoon()
      const token = parseAdmissionToken(relayToken)
      return vault.createRecord({ ...request, relayToken: token, settings: await settingsOf(locale) })
    },
    async createSample({ deviceName, locale }) {
      devices.cancelPairing()
      const { fillSample, sampleRecord } = await import('./fill-sample.ts')
      const at = { seed: SAMPLE_SEED, now: clock.now() }
      const sample = sampleRecord(at.seed, at.now)
      const created = await vault.createSample(
        { ...sample.person, deviceName, settings: await settingsOf(locale) },
        record => fillSample(record, sample, at),
      )
      return created.ok ? ok(undefined) : created
    },
    unlock: passphrase => vault.unlock(passphrase),
    lock: () => vault.lock(),
    changePassphrase: (current, next) => vault.changePassphrase(current, next),
    passkeyDoors: () => passkeys.passkeyDoors(),
    beginPasskey: passphrase => passkeys.beginPasskey(passphrase),
    addPasskey: request => passkeys.addPasskey(request),
    unlockWithPasskey: answer => passkeys.unlockWithPasskey(answer),
    passkeys: () => passkeys.passkeys(),
    removePasskey: id => passkeys.removePasskey(id),
    async deleteEverything() {
      await kept.leaveAll()
      return vault.deleteEverything()
    },
    async deleteEverywhere(passphrase) {
      const unlocked = await freshUnlock(vault, passphrase)
      if (!unlocked.ok) return unlocked
      return vault.deleteEverywhere(() => kept.leaveAll(true))
    },

    practiseKit: words => practiseKit(slot, clock, words),
    checkWords: async words => devices.checkWords(words),
    async recover(request) {
      devices.cancelPairing()
      return devices.recover(request)
    },
    startPairing: request => devices.startPairing(request),
    answerPairing: offer => devices.answerPairing(offer),
    watchPairing: async listener => devices.pairing.watch(listener),
    async confirmPairing(isSame, passphrase) {
      const { value } = devices.pairing
      const admits = isSame && value.kind === 'compare' && value.role === 'old'
      const unlocked = admits ? await freshUnlock(vault, passphrase) : ok(undefined)
      if (unlocked.ok) return devices.confirmPairing(isSame)
      return fail({ kind: unlocked.failure.kind === 'locked' ? 'cancelled' : 'wrong-passphrase' })
    },
    cancelPairing: async () => devices.cancelPairing(),

    relayAsks: address => relay.asks(address),
    watchRelay: async listener => relay.relay.watch(listener),
    giveRelayToken: token => relay.giveToken(token),
    watchMirror: async listener => mirrors.mirror.watch(listener),
    addMirror: request => mirrors.add(request),
    copyToMirror: async goesOn => mirrors.copy(goesOn),
    removeMirror: deletesThere => mirrors.remove(deletesThere),
    watchMove: async listener => moves.move.watch(listener),
    startMove: request => moves.start(request),
    cancelMove: () => moves.cancel(),
    watchPush: async listener => pushes.choice.watch(listener),
    pushKey: () => pushes.key(),
    turnOnPush: request => pushes.turnOn(request),
    turnOffPush: () => pushes.turnOff(),
    watchSettings: async listener => settings.settings.watch(listener),
    async changeSettings(change, passphrase) {
      const isLater = (change.autoLockMinutes ?? 0) > settings.settings.value.autoLockMinutes
      const unlocked = isLater ? await freshUnlock(vault, passphrase) : ok(undefined)
      return unlocked.ok ? settings.change(change) : unlocked
    },
    async flush() {
      await room.flush()
      await kept.flush()
    },
    touch: () => settings.touch(),
    async tryNow() {
      kept.tryNow()
      people.tryNow()
      return (await slot.open?.account.tryNow()) ?? false
    },

    watchKept: listener => kept.watchKept(listener),
    watchCircles: async listener => kept.circles.watch(listener),
    keepRecord: request => kept.keepRecord(request),
    answerGuardian: (id, answer, passphrase) => kept.answer(id, answer, passphrase),
    takeOverKept: request => kept.takeOverByWords(request),
    leaveKept: id => kept.leave(id),
    ...clinics,
    watchLockedCard: async listener => lockedCard.card.watch(listener),
    allowLockedCard: (card, passphrase) => lockedCard.allow(card, passphrase),
    renewLockedCard: card => lockedCard.renew(card),
    forbidLockedCard: () => lockedCard.forbid(),
    async commitImport(importId, leftOut, withOlder) {
      const done = await room.commitImport(importId, leftOut, withOlder)
      if (done.ok) await noteImported(importId)
      return done
    },
    backupState: async () => (await backup.get()).state(),
    makeBackup: async ({ readme }) => (await backup.get()).make(readme),
    watchBackup: async listener => (await backup.get()).task.progress.watch(listener),
    cancelBackup: async () => (await backup.get()).task.cancel(),
    checkBackupKey: async text => (await backup.get()).checkKey(text),
    checkBackup: async request => (await backup.get()).check(request),
    async restoreBackup(request) {
      devices.cancelPairing()
      return (await backup.get()).restore(request)
    },
    showBackupCode: async passphrase => (await backup.get()).showCode(passphrase),
    keepBackupCode: async request => (await backup.get()).keepCode(request),

    askKept: ((id: string, method: string, args: readonly unknown[]) =>
      kept.ask(id, method, args)) as Session['askKept'],
    watchInKept: ((id: string, method: string, args: readonly unknown[], listener: (told: never) => void) =>
      kept.watch(id, method, args, listener)) as Session['watchInKept'],
  }

  return {
    session,
    watchKey(listener) {
      let isOpen = false
      const stop = slot.onOpen(({ vaultKey }) => {
        isOpen = true
        listener(vaultKey.slice())
        return () => listener(undefined)
      })
      if (!isOpen) listener(undefined)
      return stop
    },
    async unlockWithKey(key) {
      await vault.unlockWithKey(key)
    },
    setOnline(next) {
      isOnline = next
      slot.open?.account.setOnline(next)
      people.setOnline(next)
      kept.setOnline(next)
    },
    dispose() {
      devices.stop()
      // The store may be another owner's by now, or gone: nobody is left to tell.
      slot.close().catch(() => undefined)
    },
  }
}
