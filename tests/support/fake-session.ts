import type {
  CreateFailure,
  DeleteFailure,
  CreateRecord,
  CreateSample,
  DeviceInfo,
  KitFailure,
  NotStored,
  PairingFailure,
  PairingOffer,
  PairingState,
  RecoverFailure,
  RecoveryKit,
  SaveFailure,
  PractiseFailure,
  ShowKitFailure,
  Session,
  Settings,
  Stop,
  SyncStatus,
  UnlockFailure,
  VaultState,
  WordsCheck,
} from '#app/core/session.ts'
import { instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { FAKE_BACKUP_CODE } from './fake-backup.ts'
import { FakeCircle } from './fake-circle.ts'
import { Watched } from './fake-watch.ts'

/** 24 words that pass no real checksum; the fake accepts exactly these. */
export const FAKE_WORDS: readonly string[] = (
  'lamp orbit garden velvet silent maple river copper anchor pencil bright shoulder ' +
  'winter fabric gentle planet island bicycle carpet wisdom harvest tunnel sunset mirror'
).split(' ')
export const FAKE_PASSPHRASE = 'correct horse battery staple'
export const FAKE_PAIRING_WORDS = ['olive', 'ticket', 'marble', 'ocean', 'ladder', 'violin', 'saddle', 'ember']
export const FAKE_DIGITS = '482913'

export const OPEN: Extract<VaultState, { kind: 'open' }> = {
  kind: 'open',
  personName: 'Maria Jansen',
  birthDate: '1958-03-14',
  isSample: false,
  kitConfirmed: true,
  kitIsHere: false,
}

const BACKED_UP: SyncStatus = { kind: 'backed-up', waitingCount: 0, link: { kind: 'online' }, problems: [] }

/**
 * A session in memory for the screens' tests and the preview. Everything public is a tap for tests: set `vaultState`,
 * `status`, `pairing` to act as the worker; set a `next…` failure to make the next call fail with it.
 */
export class FakeSession extends FakeCircle implements Session {
  readonly vaultState: Watched<VaultState>
  readonly status = new Watched<SyncStatus>(BACKED_UP)
  readonly pairing = new Watched<PairingState>({ kind: 'idle' })
  readonly settings = new Watched<Settings>({
    language: 'en',
    units: 'metric',
    theme: 'system',
    textSize: 'normal',
    autoLockMinutes: 10,
    looksAfterPatients: false,
    hidesRead: false,
    labUnits: 'reported',
    hidesNormalResults: false,
    explainsResults: false,
    shownResults: [],
    pinnedTests: [],
    growth: [],
    reading: [],
  })
  override passphrase = FAKE_PASSPHRASE
  /** The quarter of an hour in which whoever made it sees it is over. */
  isKitOld = false
  touches = 0
  flushes = 0
  tries = 0
  /** What the next try finds. */
  isRelayBack = false
  nextKitFailure: KitFailure | undefined
  nextUnlockFailure: UnlockFailure | undefined
  nextRecoverFailure: RecoverFailure | undefined
  nextPairingFailure: PairingFailure | undefined
  deviceList: readonly DeviceInfo[] = [
    {
      deviceId: 'd1',
      name: 'Maria’s phone',
      isThisOne: true,
      addedAt: instant(Date.UTC(2026, 2, 3)),
      isManagers: false,
      isBeingRemoved: false,
    },
    {
      deviceId: 'd2',
      name: 'Kitchen tablet',
      isThisOne: false,
      addedAt: instant(Date.UTC(2026, 5, 20)),
      lastSeenAt: instant(Date.UTC(2026, 10, 21)),
      isManagers: false,
      isBeingRemoved: false,
    },
  ]

  constructor(state: VaultState = OPEN) {
    super()
    this.vaultState = new Watched(state)
  }

  watchVault(listener: (state: VaultState) => void): Promise<Stop> {
    return this.vaultState.watch(listener)
  }

  async createRecord(request: CreateRecord): Promise<Result<RecoveryKit, CreateFailure>> {
    await thinkingTime()
    this.passphrase = request.passphrase
    this.entries = []
    const { personName, birthDate } = request
    this.vaultState.set({ kind: 'open', personName, birthDate, isSample: false, kitConfirmed: false, kitIsHere: true })
    return ok(kit())
  }

  async createSample(_request: CreateSample): Promise<Result<void, CreateFailure>> {
    await thinkingTime()
    this.vaultState.set({ ...OPEN, isSample: true })
    return ok(undefined)
  }

  async kitChallenge(): Promise<readonly number[]> {
    return [3, 11, 20]
  }

  async confirmKit(
    answers: readonly { readonly position: number; readonly word: string }[],
  ): Promise<Result<void, KitFailure>> {
    const failure = this.nextKitFailure
    this.nextKitFailure = undefined
    if (failure) return fail(failure)
    const wrong = answers.filter(({ position, word }) => FAKE_WORDS[position - 1] !== word.trim().toLowerCase())
    if (wrong.length > 0) return fail({ kind: 'wrong-words', positions: wrong.map(({ position }) => position) })
    const state = this.vaultState.value
    if (state.kind === 'open') this.vaultState.set({ ...state, kitConfirmed: true, kitIsHere: false })
    return ok(undefined)
  }

  practised: string[] = []
  practice: Result<void, PractiseFailure> = ok(undefined)
  async practiseKit(words: string): Promise<Result<void, PractiseFailure>> {
    this.practised = [...this.practised, words]
    return this.practice
  }

  async showKit(passphrase?: string): Promise<Result<RecoveryKit, ShowKitFailure>> {
    const state = this.vaultState.value
    if (state.kind !== 'open' || !state.kitIsHere) return fail({ kind: 'no-kit' })
    return this.isKitOld && passphrase !== this.passphrase ? fail({ kind: 'wrong-passphrase' }) : ok(kit())
  }

  async unlock(passphrase: string): Promise<Result<void, UnlockFailure>> {
    await thinkingTime()
    const failure = this.nextUnlockFailure
    this.nextUnlockFailure = undefined
    if (failure) return fail(failure)
    if (passphrase !== this.passphrase) return fail({ kind: 'wrong-passphrase' })
    this.vaultState.set(OPEN)
    return ok(undefined)
  }

  protected override openByPasskey(): void {
    this.vaultState.set(OPEN)
  }

  async lock(): Promise<void> {
    const state = this.vaultState.value
    if (state.kind === 'open') this.vaultState.set({ kind: 'locked', isSample: state.isSample })
  }

  async changePassphrase(current: string, next: string): Promise<Result<void, UnlockFailure>> {
    await thinkingTime()
    if (current !== this.passphrase) return fail({ kind: 'wrong-passphrase' })
    this.passphrase = next
    return ok(undefined)
  }

  async deleteEverything(): Promise<Result<void, NotStored>> {
    this.vaultState.set({ kind: 'empty' })
    return ok(undefined)
  }

  async deleteEverywhere(passphrase: string): Promise<Result<void, DeleteFailure>> {
    if (this.status.value.link.kind === 'offline') return fail({ kind: 'unreachable' })
    if (passphrase !== FAKE_PASSPHRASE) return fail({ kind: 'wrong-passphrase' })
    this.vaultState.set({ kind: 'empty' })
    return ok(undefined)
  }

  async checkWords(words: string): Promise<WordsCheck> {
    const typed = words.trim().toLowerCase().split(/\s+/).filter(Boolean)
    const wrong = typed.flatMap((word, index) =>
      FAKE_WORDS.includes(word) ? [] : [{ position: index + 1, suggestions: likeIt(word, FAKE_WORDS) }],
    )
    if (wrong.length > 0) return { kind: 'unknown', wrong }
    if (typed.length !== 24) return { kind: 'count', got: typed.length }
    return typed.join(' ') === FAKE_WORDS.join(' ') ? { kind: 'ok' } : { kind: 'checksum' }
  }

  async recover(request: { readonly words: string }): Promise<Result<void, RecoverFailure>> {
    await thinkingTime()
    const failure = this.nextRecoverFailure
    this.nextRecoverFailure = undefined
    if (failure) return fail(failure)
    const check = await this.checkWords(request.words)
    if (check.kind !== 'ok') return fail({ kind: 'words', check })
    this.vaultState.set(OPEN)
    return ok(undefined)
  }

  #pairingFailure(): Result<never, PairingFailure> | undefined {
    const failure = this.nextPairingFailure
    this.nextPairingFailure = undefined
    return failure === undefined ? undefined : fail(failure)
  }

  async startPairing(): Promise<Result<PairingOffer, PairingFailure>> {
    await thinkingTime()
    const failed = this.#pairingFailure()
    if (failed) return failed
    this.pairing.set({ kind: 'waiting' })
    const words = FAKE_PAIRING_WORDS
    return ok({ qrText: `wellkeep:pair:${words.join('-')}`, words, expiresAt: instant(Date.now() + 600_000) })
  }

  async answerPairing(offer: string): Promise<Result<void, PairingFailure>> {
    await thinkingTime()
    const failed = this.#pairingFailure()
    if (failed) return failed
    const words = offer
      .replace('wellkeep:pair:', '')
      .trim()
      .split(/[\s-]+/)
    const wrong = words.flatMap((word, index) =>
      FAKE_PAIRING_WORDS.includes(word) ? [] : [{ position: index + 1, suggestions: likeIt(word, FAKE_PAIRING_WORDS) }],
    )
    if (words.length !== 8) return fail({ kind: 'bad-offer', words: { kind: 'count', got: words.length } })
    if (wrong.length > 0) return fail({ kind: 'bad-offer', words: { kind: 'unknown', wrong } })
    if (words.join(' ') !== FAKE_PAIRING_WORDS.join(' ')) return fail({ kind: 'bad-offer' })
    this.pairing.set({ kind: 'compare', digits: FAKE_DIGITS, deviceName: 'Laptop', role: 'old' })
    return ok(undefined)
  }

  watchPairing(listener: (state: PairingState) => void): Promise<Stop> {
    return this.pairing.watch(listener)
  }

  async confirmPairing(isSame: boolean, passphrase?: string): Promise<Result<void, PairingFailure>> {
    const { value } = this.pairing
    const isAsked = isSame && value.kind === 'compare' && value.role === 'old'
    if (isAsked && passphrase !== this.passphrase) return fail({ kind: 'wrong-passphrase' })
    this.pairing.set(isSame ? { kind: 'done' } : { kind: 'failed', failure: { kind: 'digits-differ' } })
    return ok(undefined)
  }

  async cancelPairing(): Promise<void> {
    this.pairing.set({ kind: 'idle' })
  }

  async devices(): Promise<readonly DeviceInfo[]> {
    return this.deviceList
  }

  async renameDevice(deviceId: string, name: string): Promise<Result<void, SaveFailure>> {
    this.deviceList = this.deviceList.map(each => (each.deviceId === deviceId ? { ...each, name } : each))
    return ok(undefined)
  }

  async removeDevice(deviceId: string): Promise<Result<void, SaveFailure>> {
    if (this.deviceList.length === 1) return fail({ kind: 'last-device' })
    this.deviceList = this.deviceList.map(each =>
      each.deviceId === deviceId ? { ...each, isBeingRemoved: true } : each,
    )
    return ok(undefined)
  }

  watchStatus(listener: (status: SyncStatus) => void): Promise<Stop> {
    return this.status.watch(listener)
  }

  watchSettings(listener: (settings: Settings) => void): Promise<Stop> {
    return this.settings.watch(listener)
  }

  async changeSettings(change: Partial<Settings>, passphrase?: string): Promise<Result<void, SaveFailure>> {
    const isLater = (change.autoLockMinutes ?? 0) > this.settings.value.autoLockMinutes
    if (isLater && passphrase !== this.passphrase) return fail({ kind: 'wrong-passphrase' })
    const { reading } = this.settings.value
    const marks = new Map([...reading, ...(change.reading ?? [])].map(each => [each.topic, each]))
    const kept = [...marks.values()].filter(({ mark }) => mark !== 'none')
    this.settings.set({ ...this.settings.value, ...change, reading: kept })
    return ok(undefined)
  }

  async flush(): Promise<void> {
    this.flushes += 1
  }

  touch(): void {
    this.touches += 1
  }

  async tryNow(): Promise<boolean> {
    await thinkingTime()
    this.tries += 1
    if (this.isRelayBack) this.status.set({ ...this.status.value, link: { kind: 'online' } })
    return this.isRelayBack
  }
}

/** Long enough that a busy button can be seen, short enough for tests. */
const thinkingTime = () => new Promise(resolve => setTimeout(resolve, 20))

function kit(): RecoveryKit {
  return {
    words: FAKE_WORDS,
    qrText: `wellkeep:kit:${FAKE_WORDS.join('-')}`,
    backupCode: FAKE_BACKUP_CODE,
    madeAt: instant(Date.now()),
  }
}

const likeIt = (word: string, list: readonly string[]): string[] => list.filter(each => each[0] === word[0]).slice(0, 3)
