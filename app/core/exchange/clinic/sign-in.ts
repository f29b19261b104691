import { pkceChallenge } from '#crypto/pkce.ts'
import { parseObject, tokenOf } from '#schema/record/fhir/json.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { ClinicFault } from '../../clinic-session.ts'

/** What a clinic gave, for as long as it lets it be used. */
export interface ClinicTokens {
  readonly accessToken: string
  readonly refreshToken?: string
  /** The FHIR id of the Patient who signed in; only with the first tokens. */
  readonly patient?: string
  readonly scope?: string
}

interface SignIn {
  readonly signInUrl: string
  readonly clientId: string
  readonly redirect: string
  readonly scope: string
  readonly state: string
  readonly verifier: string
  /** The FHIR server that the token is for. */
  readonly address: string
}

/** SMART App Launch 2.2, "Obtain authorization code". */
export async function signInAddress(asked: SignIn): Promise<string> {
  const url = new URL(asked.signInUrl)
  const params = {
    response_type: 'code',
    client_id: asked.clientId,
    redirect_uri: asked.redirect,
    scope: asked.scope,
    state: asked.state,
    aud: asked.address,
    code_challenge: await pkceChallenge(asked.verifier),
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value)
  return url.href
}

const form = (params: Readonly<Record<string, string>>) => new URLSearchParams(params).toString()

export const codeForm = (code: string, begun: Pick<SignIn, 'redirect' | 'clientId' | 'verifier'>) =>
  form({
    grant_type: 'authorization_code',
    code,
    redirect_uri: begun.redirect,
    client_id: begun.clientId,
    code_verifier: begun.verifier,
  })

export const refreshForm = (refreshToken: string, clientId: string) =>
  form({ grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId })

/** RFC 7009 §2.1. */
export const revokeForm = (token: string, hint: 'refresh_token' | 'access_token', clientId: string) =>
  form({ token, token_type_hint: hint, client_id: clientId })

const MAX_TOKEN_CHARS = 20_000
const MAX_SCOPE_CHARS = 4000
const isToken = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= MAX_TOKEN_CHARS && /^[\x21-\x7e]+$/.test(value)

/** What the token endpoint answered (RFC 6749 §5). Total; nothing of the answer is in a failure. */
export function readTokens(status: number, text: string): Result<ClinicTokens, ClinicFault> {
  const said = parseObject(text)
  if (status < 200 || status >= 300) return fail(faultOf(status, said['error']))
  const { access_token: accessToken, refresh_token: refreshToken, token_type: type } = said
  if (!isToken(accessToken) || typeof type !== 'string' || type.toLowerCase() !== 'bearer') return fail('nonsense')
  const patient = tokenOf(said['patient'])
  const scope = typeof said['scope'] === 'string' ? said['scope'].slice(0, MAX_SCOPE_CHARS) : undefined
  return ok({
    accessToken,
    ...(isToken(refreshToken) ? { refreshToken } : {}),
    ...(patient === undefined ? {} : { patient }),
    ...(scope === undefined ? {} : { scope }),
  })
}

function faultOf(status: number, error: unknown): ClinicFault {
  if (error === 'invalid_client' || error === 'unauthorized_client') return 'client'
  if (error === 'invalid_grant') return 'signed-out'
  return status === 429 || status === 503 ? 'busy' : 'refused'
}

/** Why the clinic sent the browser back without a code (RFC 6749 §4.1.2.1). */
export function signInFault(error: string): ClinicFault {
  if (error === 'access_denied') return 'denied'
  return error === 'unauthorized_client' || error === 'invalid_client' ? 'client' : 'refused'
}
