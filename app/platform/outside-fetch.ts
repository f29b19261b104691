import type { OutsideAnswer, OutsideRequest } from '#app/core/link-session.ts'
import { concat } from '#schema/bytes.ts'

const TIMEOUT_MS = 30_000

/**
 * The one way to somebody else than the relay. Asks the host that was named and no other: over https, without cookies, referrer and
 * cache; what sends on elsewhere is not followed. `ownOrigin` may be asked however it was reached. Answers whatever happens.
 */
export async function fetchOutside(
  request: OutsideRequest,
  send: typeof fetch,
  ownOrigin?: string,
): Promise<OutsideAnswer> {
  if (!isAllowed(request, ownOrigin)) return { kind: 'not-allowed' }
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  try {
    const response = await send(request.url, {
      mode: 'cors',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'manual',
      cache: 'no-store',
      signal: timeout,
      ...sent(request),
    })
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
      return { kind: 'redirected' }
    }
    const bytes = await readUpTo(response, request.maxBytes)
    if (bytes === undefined) return { kind: 'too-large' }
    return { kind: 'answer', status: response.status, bytes, ...retryAfter(response) }
  } catch {
    return { kind: timeout.aborted ? 'too-slow' : 'unreachable' }
  }
}

function sent({ body, headers }: OutsideRequest): RequestInit {
  if (body === undefined) return headers === undefined ? {} : { headers: { ...headers } }
  return { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } }
}

/** Seconds, as servers of records write it; a date is passed over (RFC 9110 §10.2.3). */
function retryAfter({ headers }: Response): { readonly retryAfterMs?: number } {
  const seconds = /^\d{1,6}$/.exec(headers.get('retry-after')?.trim() ?? '')?.[0]
  return seconds === undefined ? {} : { retryAfterMs: Number(seconds) * 1000 }
}

function isAllowed({ url, host }: OutsideRequest, ownOrigin: string | undefined): boolean {
  if (!URL.canParse(url)) return false
  const asked = new URL(url)
  const isSafe = asked.protocol === 'https:' || asked.origin === ownOrigin
  return isSafe && asked.host === host && asked.username === '' && asked.password === ''
}

/** Undefined when there is more. */
async function readUpTo(response: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reader = response.body?.getReader()
  const pieces: Uint8Array[] = []
  let bytes = 0
  for (let next = await reader?.read(); next !== undefined && !next.done; next = await reader?.read()) {
    bytes += next.value.length
    if (bytes > maxBytes) {
      await reader?.cancel()
      return undefined
    }
    pieces.push(next.value)
  }
  return concat(...pieces)
}
