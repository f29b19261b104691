import type { AskClinic } from '../exchange/clinic/fetch-record.ts'
import type { OutsideLine } from '../ports.ts'
import type { KeptClinic } from './clinic-book.ts'

type Tokens = Pick<KeptClinic, 'accessToken' | 'refreshToken'>

const FHIR = 'application/fhir+json'
const MAX_TOKEN_BYTES = 1_000_000

/**
 * Asks a clinic with what it gave. An access token that it takes no more is renewed, once a token; `renew` stores the new ones and answers
 * whether they are.
 */
export async function clinicVisit(
  line: OutsideLine,
  clinic: KeptClinic,
  renew: (tokens: Tokens) => Promise<boolean>,
): Promise<AskClinic> {
  const { readTokens, refreshForm } = await import('../exchange/clinic/sign-in.ts')
  const { address, tokenUrl, clientId } = clinic
  const { host } = new URL(address)
  let tokens: Tokens = clinic
  let isFresh = false

  async function refresh(): Promise<'renewed' | 'signed-out' | 'unreachable'> {
    const { refreshToken } = tokens
    if (refreshToken === undefined || isFresh) return 'signed-out'
    const said = await line.ask({
      url: tokenUrl,
      host: new URL(tokenUrl).host,
      body: refreshForm(refreshToken, clientId),
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      maxBytes: MAX_TOKEN_BYTES,
    })
    if (said.kind !== 'answer') return 'unreachable'
    const read = readTokens(said.status, new TextDecoder().decode(said.bytes))
    // Only a refusal says that what is kept here is worth nothing; whoever is busy or out of order says nothing of it.
    if (!read.ok) return said.status >= 400 && said.status < 500 && said.status !== 429 ? 'signed-out' : 'unreachable'
    const { accessToken, refreshToken: rotated = refreshToken } = read.value
    tokens = { accessToken, refreshToken: rotated }
    isFresh = true
    return (await renew(tokens)) ? 'renewed' : 'unreachable'
  }

  return async (url, maxBytes, accept = FHIR) => {
    for (;;) {
      const headers = { accept, authorization: `Bearer ${tokens.accessToken}` }
      const answer = await line.ask({ url, host, maxBytes, headers })
      const isRefused = answer.kind === 'answer' && answer.status === 401
      if (!isRefused) {
        isFresh = false
        return answer
      }
      const kind = await refresh()
      if (kind !== 'renewed') return { kind }
    }
  }
}
