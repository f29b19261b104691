import { createHash, randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** What the sign-in of a clinic does wrong, or otherwise than most. */
export interface LoginFaults {
  /** Sends people back with another `state`, or as another issuer. */
  sendsBack?: 'wrong-state' | 'other-issuer'
  /** Gives tokens of nobody's record. */
  namesNoPatient?: boolean
  /** Takes no refresh token. */
  forgetsRefresh?: boolean
  /** Hangs up on whoever asks for tokens. */
  hangsUp?: boolean
  /** Answers the token request with a page. */
  answersHtml?: boolean
}

interface Grant {
  readonly challenge: string
  readonly redirect: string
  readonly clientId: string
}

const token = () => randomBytes(24).toString('base64url')
const PAGE = { 'content-type': 'text/html; charset=utf-8', 'cross-origin-opener-policy': 'same-origin' }

/** The authorisation stub: a page with two links, codes that count once, refresh tokens that are exchanged with each use. */
export class ClinicLogin {
  readonly faults: LoginFaults = {}
  readonly clientId = 'wellkeep-test'
  /** Where people may be sent back to. */
  readonly redirects = new Set<string>()
  readonly access = new Set<string>()
  readonly refresh = new Set<string>()
  /** What was asked for, in the order in which it was. */
  readonly scopes: string[] = []
  readonly revoked: string[] = []
  /** Everything that was ever secret here. */
  readonly secrets: string[] = []
  patient = ''
  audience = ''
  issuer = ''
  readonly #codes = new Map<string, Grant>()

  /** The hour is over. */
  expireAccess(): void {
    this.access.clear()
  }

  authorize(url: URL, response: ServerResponse): void {
    const asked = (name: string) => url.searchParams.get(name) ?? ''
    const redirect = asked('redirect_uri')
    const isKnown = asked('client_id') === this.clientId && this.redirects.has(redirect)
    if (!isKnown)
      return void response.writeHead(400, PAGE).end('<!doctype html><title>Refused</title><h1>Unknown app</h1>')
    const isProper =
      asked('response_type') === 'code' &&
      asked('code_challenge_method') === 'S256' &&
      asked('aud') === this.audience &&
      asked('state').length >= 22
    this.scopes.push(asked('scope'))
    const code = token()
    this.#codes.set(code, { challenge: asked('code_challenge'), redirect, clientId: asked('client_id') })
    this.secrets.push(code)
    const state = this.faults.sendsBack === 'wrong-state' ? token() : asked('state')
    const iss = this.faults.sendsBack === 'other-issuer' ? 'https://other.example' : this.issuer
    const back = (params: Readonly<Record<string, string>>) => {
      const to = new URL(redirect)
      for (const [name, value] of Object.entries({ ...params, state, iss })) to.searchParams.set(name, value)
      return to.href.replaceAll('&', '&amp;')
    }
    const allow = isProper ? back({ code }) : back({ error: 'invalid_request' })
    const page = `<!doctype html><html lang="en"><title>Sign in</title><h1>Test clinic</h1>
      <a id="allow" href="${allow}">Allow</a> <a id="deny" href="${back({ error: 'access_denied' })}">Deny</a></html>`
    response.writeHead(200, PAGE).end(page)
  }

  async token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.faults.hangsUp) return void response.destroy()
    if (this.faults.answersHtml) return void response.writeHead(200, PAGE).end('<html>Welcome</html>')
    const form = new URLSearchParams(await bodyOf(request))
    const isGood = form.get('grant_type') === 'refresh_token' ? this.#takesRefresh(form) : this.#takesCode(form)
    const say = (status: number, value: unknown) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    if (form.get('client_id') !== this.clientId) return say(401, { error: 'invalid_client' })
    if (!isGood) return say(400, { error: 'invalid_grant' })
    const [access, refresh] = [token(), token()]
    this.access.add(access)
    this.refresh.add(refresh)
    this.secrets.push(access, refresh)
    const patient = this.faults.namesNoPatient ? {} : { patient: this.patient }
    const scope = 'launch/patient patient/*.rs offline_access'
    const lives = { token_type: 'Bearer', expires_in: 3600, scope }
    say(200, { access_token: access, refresh_token: refresh, ...lives, ...patient })
  }

  async revoke(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const given = new URLSearchParams(await bodyOf(request)).get('token') ?? ''
    this.refresh.delete(given)
    this.access.clear()
    this.revoked.push(given)
    response.writeHead(200).end()
  }

  #takesRefresh(form: URLSearchParams): boolean {
    return !this.faults.forgetsRefresh && this.refresh.delete(form.get('refresh_token') ?? '')
  }

  #takesCode(form: URLSearchParams): boolean {
    const code = form.get('code') ?? ''
    const grant = this.#codes.get(code)
    this.#codes.delete(code)
    const verifier = form.get('code_verifier') ?? ''
    this.secrets.push(verifier)
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    return grant !== undefined && grant.challenge === challenge && grant.redirect === form.get('redirect_uri')
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString('utf8')
}
