import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import { utf8 } from '#schema/bytes.ts'
import type { Instant } from '#schema/instant.ts'
import { objectsOf, parseObject } from '#schema/record/fhir/json.ts'
import type { Result } from '#schema/result.ts'
import type { ByteStore, StoreFailure } from '../ports.ts'
import { Turns } from '../turns.ts'

/** What both a connection and a sign-in for one know of a clinic. */
interface KnownClinic {
  readonly name: string
  /** The FHIR server, without a slash at its end. */
  readonly address: string
  readonly tokenUrl: string
  readonly revokeUrl?: string
  readonly clientId: string
}

export interface KeptClinic extends KnownClinic {
  readonly clinicId: string
  readonly patient: string
  readonly scope: string
  readonly accessToken: string
  readonly refreshToken?: string
  readonly connectedAt: Instant
  readonly lastFetchedAt?: Instant
  /** A FHIR instant: the next fetch asks for what was changed after it. */
  readonly since?: string
  readonly isSignedOut?: boolean
}

export interface BegunSignIn extends KnownClinic {
  readonly state: string
  readonly verifier: string
  readonly redirect: string
  readonly signInUrl: string
  readonly issuer?: string
  readonly scope: string
  readonly beganAt: Instant
}

export interface ClinicPages {
  readonly clinics: readonly KeptClinic[]
  readonly begun: readonly BegunSignIn[]
}

/** One row of table `sealed`: in no log, so on no other device, in no share and no backup. */
const ROW = 'clinics'
const EMPTY: ClinicPages = { clinics: [], begun: [] }

/** Tokens of clinics, and what was begun to get some, sealed under the vault's local key. */
export class ClinicBook {
  readonly #store: ByteStore
  readonly #turns = new Turns()

  constructor(store: ByteStore) {
    this.#store = store
  }

  read(key: Uint8Array): Promise<ClinicPages> {
    return this.#turns.next(() => this.#read(key))
  }

  /** Durable when it answers ok. */
  change(key: Uint8Array, edit: (pages: ClinicPages) => ClinicPages): Promise<Result<void, StoreFailure>> {
    return this.#turns.next(async () => {
      const next = edit(await this.#read(key))
      const isEmpty = next.clinics.length === 0 && next.begun.length === 0
      const row = { table: 'sealed', key: ROW } as const
      const value = sealSecret(key, ROW, utf8(JSON.stringify(next)))
      return this.#store.commit([isEmpty ? { ...row, remove: true } : { ...row, value }])
    })
  }

  /** What does not open is of a record that was here before: nobody can read it again. */
  async #read(key: Uint8Array): Promise<ClinicPages> {
    const sealed = await this.#store.get('sealed', ROW)
    const opened = sealed && openSecret(key, ROW, sealed)
    if (opened?.ok !== true) return EMPTY
    const { clinics, begun } = parseObject(new TextDecoder().decode(opened.value))
    return { clinics: objectsOf(clinics), begun: objectsOf(begun) } as unknown as ClinicPages
  }
}
