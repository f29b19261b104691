import { toBase64Url } from '#schema/base64url.ts'
import { toHex } from '#schema/bytes.ts'
import type { Instant } from '#schema/instant.ts'
import type { EntryId, ImportId } from '#schema/record/entry.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type {
  BeginClinic,
  ClinicFailure,
  ClinicFault,
  ClinicFile,
  ClinicInfo,
  ClinicOffer,
  Clinics,
  ClinicSession,
  ClinicSignIn,
} from '../clinic-session.ts'
import { readClinicAnswer } from '../exchange/clinic/clinic-answer.ts'
import type { ClinicDoors } from '../exchange/clinic/read-clinic.ts'
import type { LinkFile } from '../exchange/link/follow-link.ts'
import type { Ports } from '../ports.ts'
import type { NotStored } from '../session.ts'
import { shownName } from '../shown-name.ts'
import { freshUnlock, type PassphraseCheck } from '../vault/fresh-unlock.ts'
import type { OpenVault, VaultSlot } from '../vault/open-vault.ts'
import { Watched } from '../watched.ts'
import { type BegunSignIn, ClinicBook, type ClinicPages, type KeptClinic } from './clinic-book.ts'
import { clinicFor, fetchFile, paperOf, shownFile } from './clinic-file.ts'
import { type ClinicAct, ClinicLines } from './clinic-line.ts'
import { clinicVisit } from './clinic-visit.ts'

type Failure = ClinicFailure | NotStored
type Done<Value> = Promise<Result<Value, Failure>>

const refuse = (why: ClinicFault) => fail({ kind: 'clinic', why } as const)
const hostOf = (url: string) => new URL(url).host

/** Codes live for minutes; the person may have to find a password first. */
const SIGN_IN_MS = 3600_000
const MAX_BEGUN = 5
const MAX_NAME = 80
const MAX_CLIENT_ID = 500
/** Small documents of a server that says what it can do. */
const MAX_DOORS_BYTES = 1_000_000
/** What a server's clock may differ from this one's; the same again adds nothing. */
const OVERLAP_MS = 24 * 3600_000

const NOBODY: Clinics = { clinics: [], begun: [] }

/** What a fetch brought waits to be brought in; only then may the next one begin later. */
interface Fetched {
  readonly clinicId: string
  readonly at: Instant
  readonly since?: string
}

/** Connections of one's own record to clinics; decision 0029. Tokens leave here for the clinic alone. */
export class ClinicDesk implements ClinicSession {
  readonly #ports: Ports
  readonly #slot: VaultSlot
  readonly #vault: PassphraseCheck
  readonly #book: ClinicBook
  readonly #lines: ClinicLines | undefined
  readonly #clinics = new Watched<Clinics>(NOBODY)
  readonly #looked = new Map<string, ClinicDoors>()
  readonly #fetched = new Map<ImportId, Fetched>()

  /** Knows at once what is kept of the vault that is open. */
  static async open(ports: Ports, slot: VaultSlot, vault: PassphraseCheck): Promise<ClinicDesk> {
    const desk = new ClinicDesk(ports, slot, vault)
    await desk.#tell()
    return desk
  }

  private constructor(ports: Ports, slot: VaultSlot, vault: PassphraseCheck) {
    this.#ports = ports
    this.#slot = slot
    this.#vault = vault
    this.#book = new ClinicBook(ports.store)
    this.#lines = ports.outside === undefined ? undefined : new ClinicLines(ports.outside, ports.clock)
    slot.onOpen(() => {
      void this.#tell()
      return () => {
        this.#lines?.end()
        this.#fetched.clear()
        this.#clinics.set(NOBODY)
      }
    })
  }

  watchClinics: ClinicSession['watchClinics'] = async listener => this.#clinics.watch(listener)

  async lookAtClinic(address: string): Promise<Result<ClinicOffer, ClinicFailure>> {
    if (this.#lines === undefined || this.#vaultHere() === undefined) return refuse('not-here')
    const { baseOf, clinicAddress, readDoors } = await import('../exchange/clinic/read-clinic.ts')
    const url = clinicAddress(address)
    if (!url.ok) return refuse(url.failure)
    const [base, { host }] = [baseOf(url.value), url.value]
    return this.#lines.during([host], async ({ line, signal }) => {
      const asked = { url: `${base}/.well-known/smart-configuration`, host, maxBytes: MAX_DOORS_BYTES }
      const answer = await line.ask({ ...asked, headers: { accept: 'application/json' } })
      if (signal.aborted) return refuse('cancelled')
      if (answer.kind !== 'answer') return refuse(answer.kind === 'not-allowed' ? 'address' : answer.kind)
      if (answer.status !== 200) return refuse(answer.status === 429 ? 'busy' : 'no-smart')
      const doors = readDoors(new TextDecoder().decode(answer.bytes))
      if (!doors.ok) return refuse(doors.failure)
      this.#looked.set(base, doors.value)
      const { signInUrl, scope, staysSignedIn } = doors.value
      const hosts = hostsOf({ ...doors.value, address: base })
      return ok({ address: base, host, loginHost: hostOf(signInUrl), hosts, scope, staysSignedIn })
    })
  }

  async beginClinic(request: BeginClinic): ReturnType<ClinicSession['beginClinic']> {
    const unlocked = await freshUnlock(this.#vault, request.passphrase)
    if (!unlocked.ok) return unlocked
    const doors = this.#looked.get(request.address)
    if (doors === undefined) return refuse('not-looked')
    if (this.#vaultHere() === undefined) return refuse('not-here')
    const clientId = request.clientId.trim()
    const name = shownName(request.name.trim() === '' ? hostOf(request.address) : request.name, MAX_NAME)
    if (!/^[\x21-\x7e]+$/.test(clientId) || clientId.length > MAX_CLIENT_ID) return refuse('invalid')
    if (!isOwnPage(request.redirect)) return refuse('invalid')
    const { random } = this.#ports
    const [state, verifier] = [toBase64Url(random.bytes(32)), toBase64Url(random.bytes(32))]
    const { address, redirect } = request
    const { signInAddress } = await import('../exchange/clinic/sign-in.ts')
    const signInUrl = await signInAddress({ ...doors, clientId, redirect, state, verifier, address })
    const { staysSignedIn: _, ...kept } = doors
    const beganAt = this.#ports.clock.now()
    const begun: BegunSignIn = { ...kept, name, address, clientId, redirect, state, verifier, signInUrl, beganAt }
    const stored = await this.#change(pages => ({
      ...pages,
      begun: [begun, ...pages.begun.filter(each => !this.#isOver(each))].slice(0, MAX_BEGUN),
    }))
    return stored.ok ? ok(shownSignIn(begun)) : stored
  }

  async finishClinic(text: string): Done<ClinicInfo> {
    const [answer, key] = [readClinicAnswer(text), this.#key()]
    if (answer === undefined) return refuse('nonsense')
    if (key === undefined || this.#lines === undefined) return refuse('not-here')
    const begun = (await this.#book.read(key)).begun.find(each => each.state === answer.state)
    if (begun === undefined) return refuse('not-asked')
    // Once: an answer that is found later is worth nothing here.
    const taken = await this.#forget(begun.state)
    if (!taken.ok) return taken
    if (this.#isOver(begun)) return refuse('over')
    if (begun.issuer !== undefined && answer.issuer !== begun.issuer) return refuse('other-issuer')
    const { codeForm, readTokens, signInFault } = await import('../exchange/clinic/sign-in.ts')
    const { code, error = '' } = answer
    if (code === undefined) return refuse(signInFault(error))
    return this.#lines.during([hostOf(begun.tokenUrl)], async ({ line, signal }) => {
      const said = await line.ask(formRequest(begun.tokenUrl, codeForm(code, begun)))
      if (signal.aborted) return refuse('cancelled')
      if (said.kind !== 'answer') return refuse(said.kind === 'not-allowed' ? 'refused' : said.kind)
      const tokens = readTokens(said.status, new TextDecoder().decode(said.bytes))
      if (!tokens.ok) return refuse(tokens.failure === 'signed-out' ? 'over' : tokens.failure)
      const { patient } = tokens.value
      if (patient === undefined || !/^[A-Za-z0-9\-.]{1,64}$/.test(patient)) return refuse('no-patient')
      return this.#keep(begun, { ...tokens.value, patient })
    })
  }

  async forgetClinicSignIn(state: string): Done<void> {
    return this.#forget(state)
  }

  async fetchClinic(clinicId: string, what: 'new' | 'everything'): ReturnType<ClinicSession['fetchClinic']> {
    const [vault, key] = [this.#vaultHere(), this.#key()]
    if (vault === undefined || key === undefined || this.#lines === undefined) return refuse('not-here')
    const clinic = (await this.#book.read(key)).clinics.find(each => each.clinicId === clinicId)
    if (clinic === undefined) return refuse('unknown')
    const at = this.#ports.clock.now()
    const since = what === 'new' ? clinic.since : undefined
    const fetched = await this.#lines.during(hostsOf(clinic), act => this.#visit(act, clinic, since))
    const { fetching: _, ...idle } = this.#clinics.value
    this.#clinics.set(idle)
    if (!fetched.ok) return fetched
    const preview = await vault.record.previewFiles(fetched.value.files, `${clinic.name} (${hostOf(clinic.address)})`)
    if (!preview.ok) return preview
    const next = fetched.value.isComplete ? new Date(at - OVERLAP_MS).toISOString() : undefined
    const brought = { clinicId, at, ...(next === undefined ? {} : { since: next }) }
    this.#fetched.set(preview.value.importId, brought)
    // Nobody is asked to bring in nothing.
    if (preview.value.newCount === 0) await this.noteImported(preview.value.importId)
    return preview
  }

  async clinicFiles(id: EntryId): Promise<readonly ClinicFile[]> {
    const [vault, key] = [this.#vaultHere(), this.#key()]
    const named = await vault?.record.filesElsewhere(id)
    if (named === undefined || key === undefined) return []
    const { clinics } = await this.#book.read(key)
    return named.files.map(file => shownFile(file, clinics))
  }

  async fetchClinicFile(id: EntryId, index: number): ReturnType<ClinicSession['fetchClinicFile']> {
    const [vault, key] = [this.#vaultHere(), this.#key()]
    if (vault === undefined || key === undefined || this.#lines === undefined) return refuse('not-here')
    const named = await vault.record.filesElsewhere(id)
    const file = named?.files.find(each => each.index === index)
    if (file !== undefined && 'why' in file) return refuse(file.why === 'insecure' ? 'insecure' : 'address')
    const clinic = file && clinicFor((await this.#book.read(key)).clinics, file)
    if (named === undefined || file === undefined || clinic === undefined) return refuse('unknown')
    const fetched = await this.#lines.during(hostsOf(clinic), async ({ line, signal }) => {
      const ask = await clinicVisit(line, clinic, renewed => this.#renew(clinic.clinicId, renewed))
      const answer = await fetchFile(ask, file)
      return signal.aborted ? fail('cancelled' as const) : answer
    })
    if (fetched.ok) return vault.record.addPaper(paperOf(fetched.value, file, named.summary, clinic.name))
    if (fetched.failure === 'signed-out') await this.#signedOut(clinic.clinicId)
    return refuse(fetched.failure)
  }

  #signedOut(clinicId: string): Done<void> {
    return this.#change(pages => withClinic(pages, clinicId, each => ({ ...each, isSignedOut: true })))
  }

  cancelClinic = async (): Promise<void> => this.#lines?.end()

  async disconnectClinic(clinicId: string): ReturnType<ClinicSession['disconnectClinic']> {
    const key = this.#key()
    if (key === undefined) return refuse('not-here')
    const clinic = (await this.#book.read(key)).clinics.find(each => each.clinicId === clinicId)
    if (clinic === undefined) return refuse('unknown')
    const gone = await this.#change(pages => ({
      ...pages,
      clinics: pages.clinics.filter(each => each.clinicId !== clinicId),
    }))
    if (!gone.ok) return gone
    const { revokeUrl } = clinic
    if (revokeUrl === undefined || this.#lines === undefined) return ok({ ended: 'not-offered' })
    const { revokeForm } = await import('../exchange/clinic/sign-in.ts')
    const { refreshToken, accessToken, clientId } = clinic
    const form =
      refreshToken === undefined
        ? revokeForm(accessToken, 'access_token', clientId)
        : revokeForm(refreshToken, 'refresh_token', clientId)
    const said = await this.#lines.during([hostOf(revokeUrl)], ({ line }) => line.ask(formRequest(revokeUrl, form)))
    const isEnded = said.kind === 'answer' && said.status >= 200 && said.status < 300
    return ok({ ended: isEnded ? 'by-clinic' : 'not-told' })
  }

  /** What a fetch brought is in the record: the next one may begin where it did. */
  async noteImported(importId: ImportId): Promise<void> {
    const fetched = this.#fetched.get(importId)
    if (fetched === undefined) return
    this.#fetched.delete(importId)
    const { clinicId, at, since } = fetched
    const more = { lastFetchedAt: at, ...(since === undefined ? {} : { since }) }
    await this.#change(pages => withClinic(pages, clinicId, clinic => ({ ...clinic, ...more })))
  }

  async #visit(act: ClinicAct, clinic: KeptClinic, since: string | undefined): Promise<VisitAnswer> {
    const { clinicId, address, patient } = clinic
    const told = (counts: { readonly pages: number; readonly entries: number }) =>
      this.#clinics.set({ ...this.#clinics.value, fetching: { clinicId, ...counts } })
    told({ pages: 0, entries: 0 })
    const { fetchRecord } = await import('../exchange/clinic/fetch-record.ts')
    const ask = await clinicVisit(act.line, clinic, renewed => this.#renew(clinicId, renewed))
    const asked = { address, patient, ...(since === undefined ? {} : { since }) }
    const { signal } = act
    const fetched = await fetchRecord(asked, { ask, signal, onPage: told, wait: delayMs => act.wait(delayMs) })
    if (fetched.ok) return fetched
    if (fetched.failure === 'signed-out') await this.#signedOut(clinicId)
    return refuse(signal.aborted ? 'cancelled' : fetched.failure)
  }

  /** Durable before the new access token is used: the old refresh token may be worth nothing by now. */
  async #renew(clinicId: string, tokens: Pick<KeptClinic, 'accessToken' | 'refreshToken'>): Promise<boolean> {
    const stored = await this.#change(pages => withClinic(pages, clinicId, clinic => ({ ...clinic, ...tokens })))
    return stored.ok
  }

  /** In place of an earlier connection to the same record. */
  async #keep(
    begun: BegunSignIn,
    tokens: Pick<KeptClinic, 'accessToken' | 'refreshToken' | 'patient'> & { readonly scope?: string },
  ): Done<ClinicInfo> {
    const { name, address, tokenUrl, revokeUrl, clientId } = begun
    const isSame = (each: KeptClinic) => each.address === address && each.patient === tokens.patient
    let kept: KeptClinic | undefined
    const stored = await this.#change(pages => {
      const before = pages.clinics.find(isSame)
      const { lastFetchedAt, since } = before ?? {}
      kept = {
        scope: begun.scope,
        ...tokens,
        clinicId: before?.clinicId ?? toHex(this.#ports.random.bytes(16)),
        name,
        address,
        tokenUrl,
        ...(revokeUrl === undefined ? {} : { revokeUrl }),
        clientId,
        connectedAt: this.#ports.clock.now(),
        ...(lastFetchedAt === undefined ? {} : { lastFetchedAt }),
        ...(since === undefined ? {} : { since }),
      }
      return { ...pages, clinics: [...pages.clinics.filter(each => !isSame(each)), kept] }
    })
    if (!stored.ok) return stored
    return kept === undefined ? refuse('unknown') : ok(shownClinic(kept))
  }

  #forget(state: string): Done<void> {
    return this.#change(pages => ({ ...pages, begun: pages.begun.filter(each => each.state !== state) }))
  }

  async #change(edit: (pages: ClinicPages) => ClinicPages): Done<void> {
    const key = this.#key()
    if (key === undefined) return refuse('not-here')
    const stored = await this.#book.change(key, edit)
    await this.#tell()
    return stored.ok ? stored : fail({ kind: 'not-stored', why: stored.failure })
  }

  async #tell(): Promise<void> {
    const key = this.#key()
    if (key === undefined) return
    const { clinics, begun } = await this.#book.read(key)
    if (this.#key() === undefined) return
    this.#clinics.set({
      ...this.#clinics.value,
      clinics: clinics.map(shownClinic).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      begun: begun.filter(each => !this.#isOver(each)).map(shownSignIn),
    })
  }

  #isOver({ beganAt }: BegunSignIn): boolean {
    return Math.abs(this.#ports.clock.now() - beganAt) > SIGN_IN_MS
  }

  /** A sample keeps nobody's secrets. */
  #vaultHere(): OpenVault | undefined {
    const vault = this.#slot.open
    return vault === undefined || vault.account.row.isSample ? undefined : vault
  }

  #key(): Uint8Array<ArrayBuffer> | undefined {
    return this.#vaultHere()?.keys.local.slice()
  }
}

type VisitAnswer = Result<{ readonly files: readonly LinkFile[]; readonly isComplete: boolean }, ClinicFailure>

const formRequest = (url: string, body: string) => ({
  url,
  host: hostOf(url),
  body,
  headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
  maxBytes: MAX_DOORS_BYTES,
})

const hostsOf = ({ address, tokenUrl }: Pick<KeptClinic, 'address' | 'tokenUrl'>) => [
  ...new Set([hostOf(address), hostOf(tokenUrl)]),
]

/** Only `/connected` of the app itself is sent anywhere. */
function isOwnPage(url: string): boolean {
  return URL.canParse(url) && /^https?:\/\/[^/?#]+\/connected$/.test(url)
}

function withClinic(pages: ClinicPages, id: string, edit: (clinic: KeptClinic) => KeptClinic): ClinicPages {
  return { ...pages, clinics: pages.clinics.map(each => (each.clinicId === id ? edit(each) : each)) }
}

/** What of a connection may be shown: no token. */
function shownClinic(clinic: KeptClinic): ClinicInfo {
  const { clinicId, name, address, revokeUrl, scope, clientId, connectedAt, lastFetchedAt } = clinic
  return {
    clinicId,
    name,
    address,
    host: hostOf(address),
    hosts: hostsOf(clinic),
    ...(revokeUrl === undefined ? {} : { endHost: hostOf(revokeUrl) }),
    scope,
    clientId,
    connectedAt,
    ...(lastFetchedAt === undefined ? {} : { lastFetchedAt }),
    mustSignIn: clinic.isSignedOut === true,
  }
}

/** What of a sign-in may be shown: no verifier. */
function shownSignIn({ state, name, address, signInUrl, beganAt }: BegunSignIn): ClinicSignIn {
  return { state, name, host: hostOf(address), loginHost: hostOf(signInUrl), signInUrl, beganAt }
}
