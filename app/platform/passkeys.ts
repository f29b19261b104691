import type {
  PasskeyCeremonyFailure,
  PasskeyDoor,
  PasskeyOffer,
  PasskeyOutput,
  Passkeys,
} from '#app/core/passkey-session.ts'
import { toBase64Url } from '#schema/base64url.ts'
import { fail, ok, type Result } from '#schema/result.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** ES256, EdDSA and RS256: nothing is ever signed for anybody, but each keeper of passkeys has one of these. */
const ALGORITHMS = [-7, -8, -257]
const WAIT_MS = 120_000

/**
 * Passkeys by WebAuthn with its `prf` extension (WebAuthn Level 3, §10.1.4). The domain of the page is the relying party. No server
 * checks the signature, so the challenge is random and thrown away; no attestation is asked for.
 */
export function browserPasskeys(): Passkeys {
  return { isPossible, create, ask, forget }
}

async function isPossible(): Promise<boolean> {
  if (!('PublicKeyCredential' in globalThis)) return false
  // Not every browser that has the extension can tell.
  const told = await PublicKeyCredential.getClientCapabilities?.().catch(() => undefined)
  return told?.['extension:prf'] !== false
}

async function create(
  { salt, known }: PasskeyOffer,
  accountName: string,
): Promise<Result<PasskeyOutput, PasskeyCeremonyFailure>> {
  const made = await ceremony(() =>
    navigator.credentials.create({
      publicKey: {
        rp: { name: 'Wellkeep' },
        // Random: it names nobody, and two passkeys of one keeper stand beside each other.
        user: { id: random(16), name: accountName, displayName: accountName },
        challenge: random(32),
        pubKeyCredParams: ALGORITHMS.map(alg => ({ type: 'public-key', alg })),
        excludeCredentials: known.map(id => ({ type: 'public-key', id })),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
        attestation: 'none',
        timeout: WAIT_MS,
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  )
  if (!made.ok) return made
  const { prf } = made.value.getClientExtensionResults()
  const credentialId = new Uint8Array(made.value.rawId)
  if (prf?.results) return outputOf(made.value)
  if (prf?.enabled) return ask([{ credentialId, salt }])
  await forget(credentialId)
  return fail('no-prf')
}

async function ask(doors: readonly PasskeyDoor[]): Promise<Result<PasskeyOutput, PasskeyCeremonyFailure>> {
  const evalByCredential = Object.fromEntries(
    doors.map(({ credentialId, salt }) => [toBase64Url(credentialId), { first: salt }]),
  )
  const asked = await ceremony(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: random(32),
        allowCredentials: doors.map(({ credentialId }) => ({ type: 'public-key', id: credentialId })),
        userVerification: 'required',
        timeout: WAIT_MS,
        extensions: { prf: { evalByCredential } },
      },
    }),
  )
  return asked.ok ? outputOf(asked.value) : asked
}

async function forget(credentialId: Bytes): Promise<void> {
  const told = PublicKeyCredential.signalUnknownCredential?.({
    rpId: location.hostname,
    credentialId: toBase64Url(credentialId),
  })
  await told?.catch(() => undefined)
}

async function ceremony(
  act: () => Promise<Credential | null>,
): Promise<Result<PublicKeyCredential, PasskeyCeremonyFailure>> {
  try {
    const credential = await act()
    return credential instanceof PublicKeyCredential ? ok(credential) : fail('cancelled')
  } catch (error) {
    const name = error instanceof DOMException ? error.name : ''
    if (name === 'SecurityError') return fail('not-at-this-address')
    if (name === 'InvalidStateError') return fail('already')
    return fail(name === 'NotSupportedError' ? 'no-prf' : 'cancelled')
  }
}

function outputOf(credential: PublicKeyCredential): Result<PasskeyOutput, PasskeyCeremonyFailure> {
  const first = credential.getClientExtensionResults().prf?.results?.first
  if (first === undefined) return fail('no-prf')
  // A view of the browser's own bytes, so that who wipes it wipes them.
  const output = first instanceof ArrayBuffer ? new Uint8Array(first) : new Uint8Array(first.buffer as ArrayBuffer)
  return ok({ credentialId: new Uint8Array(credential.rawId), output })
}

function random(count: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(count))
}
