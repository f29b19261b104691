import { LOG_SECTIONS } from '#schema/record/sections.ts'
import { PersonDevices } from './devices/person-devices.ts'
import { fail, ok } from '#schema/result.ts'
import type { Account } from './home/account.ts'
import { issuerBook } from './home/issuers-document.ts'
import { linkBook } from './home/links-document.ts'
import { tableBook } from './home/tables-document.ts'
import type { Person } from './home/person-document.ts'
import { Upkeep } from './home/upkeep.ts'
import type { GuardianDesk } from './kept/guardian-desk.ts'
import type { HandOverDesk } from './kept/hand-over-desk.ts'
import { watchRoomNews } from './room-news.ts'
import type { RoomSession } from './room-session.ts'
import { makeLinkUpkeep } from './out-links/link-upkeep.ts'
import type { Ports } from './ports.ts'
import { commitAll } from './record/commit-all.ts'
import type { RecordService } from './record/open-record.ts'
import { makeCardDesk } from './record-card.ts'
import { makeRecordDesk } from './record-desk.ts'
import type { VaultState } from './session.ts'
import type { AccessDesk } from './sharing/access-desk.ts'
import { EndingsDesk } from './sharing/endings-desk.ts'
import { FormerLogs } from './sharing/former-logs.ts'
import { LateDesk } from './sharing/late-desk.ts'
import { ownAuthorNames } from './sharing/own-authors.ts'
import type { PeopleDesk } from './sharing/people-desk.ts'
import type { PrivacyDesk } from './sharing/privacy-desk.ts'
import type { ShareDesk } from './sharing/share-desk.ts'
import type { StatusDesk } from './status-desk.ts'
import type { Together } from './together.ts'
import { freshUnlock, type PassphraseCheck } from './vault/fresh-unlock.ts'
import { KitDesk } from './vault/kit-desk.ts'
import type { VaultSlot } from './vault/open-vault.ts'
import type { VaultKeys } from './vault/vault-key.ts'
import type { Watched } from './watched.ts'

/** Everything that works on one record while it is open: one's own, or one that is kept for somebody else. */
export interface RoomDeps {
  readonly ports: Ports
  readonly slot: VaultSlot
  readonly state: Watched<VaultState>
  readonly vault: PassphraseCheck
  readonly status: StatusDesk
  readonly people: PeopleDesk
  readonly shares: ShareDesk
  readonly privacy: PrivacyDesk
  readonly guardians: GuardianDesk
  readonly handOver: HandOverDesk
  readonly together: Together
  readonly isOnline: () => boolean
}

/** What windows may ask of the record in a slot. Logs are looked after from unlock to lock. */
export function makeRoom(deps: RoomDeps): RoomSession {
  const { ports, slot, state, vault, status, people, shares, privacy, guardians, handOver, together, isOnline } = deps
  const { store, clock } = ports
  const kit = new KitDesk(ports, slot, vault)
  const record = makeRecordDesk(slot)
  const devices = new PersonDevices(slot, clock)
  const late = new LateDesk(slot, status, clock)
  const endings = new EndingsDesk(people, slot, clock)
  // Hardly anybody hands out a link each day.
  const upkeepOfLinks = makeLinkUpkeep(clock)
  const outLinks = async () =>
    (await import('./out-links/out-link-desk.ts')).makeOutLinkDesk(ports, slot, vault, upkeepOfLinks)
  // Nor asks each day who looked.
  let accessDesk: AccessDesk | undefined
  const access = async () => {
    const { AccessDesk } = await import('./sharing/access-desk.ts')
    return (accessDesk ??= new AccessDesk(people, slot, store))
  }
  slot.onRecord(() => (slot.open === undefined ? () => undefined : upkeepOfLinks.start(slot.open)))
  slot.onOpen(({ account, keys }) => {
    if (!isOnline()) account.setOnline(false)
    const former = new FormerLogs(account)
    slot.beforeClose(() => former.stop())
    const upkeep = new Upkeep(account, store, clock, keys.account)
    return () => upkeep.stop()
  })
  const watchShares: RoomSession['watchShares'] = async listener => shares.shares.watch(listener)
  return {
    ...record,
    ...makeCardDesk(slot, clock),
    ...together.session,
    async exportFhir({ passphrase, ...options }) {
      const unlocked = await freshUnlock(vault, passphrase)
      return unlocked.ok ? ok(await record.exportFhir(options)) : unlocked
    },
    async takeOut({ passphrase, ...choice }) {
      if (choice.sections.length === 0) return fail({ kind: 'nothing-chosen' })
      const unlocked = await freshUnlock(vault, passphrase)
      return unlocked.ok ? record.takeOut(choice) : unlocked
    },
    makeOutLink: async request => (await outLinks()).makeOutLink(request),
    outLinks: async () => (await outLinks()).outLinks(),
    endOutLink: async (id, how) => (await outLinks()).endOutLink(id, how),
    armOutLink: async (id, passphrase) => (await outLinks()).armOutLink(id, passphrase),
    watchVault: async listener => state.watch(listener),
    kitChallenge: async () => kit.challenge(),
    confirmKit: answers => kit.confirm(answers),
    showKit: passphrase => kit.show(passphrase),
    devices: () => devices.list(),
    renameDevice: (id, name) => devices.rename(id, name),
    removeDevice: id => devices.remove(id),

    watchPeople: async listener => people.people.watch(listener),
    invite: contactId => people.invite(contactId),
    withdrawInvitation: id => people.withdraw(id),
    readInvitation: invitation => people.read(invitation),
    acceptInvitation: invitation => people.accept(invitation),
    safetyNumber: id => people.safetyNumber(id),
    async markCompared(id, digits, passphrase) {
      const takesKeys = digits !== undefined && (await people.isOfChangedKeys(id, digits))
      const unlocked = takesKeys ? await freshUnlock(vault, passphrase) : ok(undefined)
      return unlocked.ok ? people.markCompared(id, digits) : unlocked
    },
    markDiffering: (id, digits) => people.markDiffering(id, digits),
    async decideChangedKeys(id, decision, passphrase) {
      const unlocked = decision === 'use' ? await freshUnlock(vault, passphrase) : ok(undefined)
      return unlocked.ok ? people.decideChangedKeys(id, decision) : unlocked
    },
    renameContact: (id, name) => people.rename(id, name),
    removeContact: id => people.remove(id),
    checkMail: () => people.checkMail(),

    watchShares,
    watchNews: listener => watchRoomNews({ ...together.session, watchShares }, listener),
    share: request => shares.share(request),
    changeShare: (id, change) => shares.change(id, change),
    stopShare: id => shares.stop(id),
    answerShare: (id, answer) => shares.answer(id, answer),
    putShareAway: id => shares.putAway(id),
    askShared: ((id: string, method: string, args: readonly unknown[]) =>
      shares.ask(id, method, args)) as RoomSession['askShared'],
    watchShared: ((id: string, method: string, args: readonly unknown[], listener: (told: never) => void) =>
      shares.watch(id, method, args, listener)) as RoomSession['watchShared'],

    makePrivate: ids => privacy.makePrivate(ids),
    eraseHistory: (sections, passphrase) => privacy.eraseHistory(sections, passphrase),
    pastOf: sections => privacy.pastOf(sections),
    erasing: () => privacy.erasing(),
    belongings: id => privacy.belongings(id),
    makeOpen: (ids, passphrase) => privacy.makeOpen(ids, passphrase),

    watchAccess: async listener => (await access()).watch(listener),
    fetchAccess: async () => (await access()).fetch(),
    watchEndings: listener => endings.watch(listener),
    dismissEnding: id => endings.dismiss(id),
    watchGuardians: async listener => guardians.guardians.watch(listener),
    addGuardian: request => guardians.add(request),
    changeManaging: request => guardians.changeEnd(request),
    watchHandOver: async listener => handOver.handOver.watch(listener),
    planHandOver: request => handOver.planHandOver(request),
    handOverNow: passphrase => handOver.now(passphrase),
    cancelHandOver: () => handOver.cancel(),

    watchLate: async listener => late.late.watch(listener),
    decideLate: (id, decision) => late.decide(id, decision),
    watchStatus: async listener => status.status.watch(listener),
    async flush() {
      // Acts under way answer for their own change: nobody else may seal it meanwhile.
      await slot.open?.record.idle()
      await slot.open?.account.flush()
      await slot.open?.record.flushIndex()
    },
  }
}

const loadRecord = () => import('./record/open-record.ts')

/** Begins to fetch what opens a record, while a passphrase is typed or worked on; what fails here fails again where it is needed. */
export function fetchRecordSoon(): void {
  loadRecord().catch(() => undefined)
}

/** The record service over an account's logs. None of them goes before it is disposed of. */
export async function recordOf(
  ports: Ports,
  account: Account,
  keys: VaultKeys,
  person: () => Person,
): Promise<RecordService> {
  const { store, clock, random, pictures } = ports
  const { openRecord } = await loadRecord()
  // As they are now: an index of these logs must not be taken for one of those in which sections go on later.
  const logs = new Map(account.logs.sections)
  const leave = account.inUse.use(logs.values())
  const opening = openRecord({
    store,
    clock,
    random,
    ...(pictures === undefined ? {} : { pictures }),
    localKey: keys.local,
    sections: LOG_SECTIONS,
    authors: await ownAuthorNames(account),
    issuers: issuerBook(account.logs.home),
    tables: tableBook(account.logs.home),
    links: linkBook(account.logs.home),
    logOf(section) {
      const log = logs.get(section)
      if (log === undefined) throw new Error(`Cannot open the record: the keyring names no log for ${section}`)
      return log
    },
    commit: prepared => commitAll(store, prepared),
    // The log tells the engine itself when something waits.
    onSaved: () => undefined,
    person: () => ({ personName: person().name, birthDate: person().birthDate }),
  })
  const record = await opening.catch((cause: unknown) => {
    leave()
    throw cause
  })
  return {
    ...record,
    dispose() {
      record.dispose()
      leave()
    },
  }
}
