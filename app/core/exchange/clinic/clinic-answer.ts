/** What a clinic's sign-in sends the browser back with (RFC 6749 §4.1.2; `iss` of RFC 9207). */
export interface ClinicAnswer {
  readonly state: string
  readonly code?: string
  /** An OAuth error code: `access_denied` when the person said no. */
  readonly error?: string
  readonly issuer?: string
}

/** Codes of some servers are whole tokens. */
const MAX_ANSWER_CHARS = 8000

/** Takes the address itself, or what stands in it behind `?`. Undefined for anything else. Total. */
export function readClinicAnswer(text: string): ClinicAnswer | undefined {
  if (text.length > MAX_ANSWER_CHARS) return undefined
  const query = text.trim().replace(/^(?:https?:\/\/[^?]*)?\?/, '')
  const params = new URLSearchParams(query.replace(/#.*$/s, ''))
  const [state, code, error, issuer] = ['state', 'code', 'error', 'iss'].map(name => params.get(name) ?? undefined)
  if (state === undefined || state === '' || (code === undefined) === (error === undefined)) return undefined
  return {
    state,
    ...(code === undefined ? {} : { code }),
    ...(error === undefined ? {} : { error }),
    ...(issuer === undefined ? {} : { issuer }),
  }
}
