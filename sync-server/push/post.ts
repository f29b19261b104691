import { lookup } from 'node:dns/promises'
import { request } from 'node:https'
import { isPublicAddress } from './endpoint.ts'

/** `gone`: the push service knows the endpoint no more. `failed`: it may go another time. */
export type PushOutcome = 'sent' | 'gone' | 'failed'

/** One POST without a body. Never throws. */
export type PushPost = (endpoint: URL, authorization: string) => Promise<PushOutcome>

export interface PostOptions {
  /** All addresses of a name; by default the system's. */
  readonly resolve?: (hostname: string) => Promise<readonly string[]>
  readonly isAllowed?: (address: string) => boolean
  readonly port?: number
  /** In place of the system's certificate authorities. */
  readonly ca?: string
  readonly timeoutMs?: number
}

/** How long a push service keeps it for a device that it can't reach. */
const TTL_S = 7 * 24 * 3600
const TIMEOUT_MS = 10_000
const MAX_HEADER_BYTES = 16 * 1024

export function createPushPost(options: PostOptions = {}): PushPost {
  const resolve = options.resolve ?? resolveAll
  const isAllowed = options.isAllowed ?? isPublicAddress
  return async (endpoint, authorization) => {
    const signal = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS)
    try {
      const addresses = await within(resolve(endpoint.hostname), signal)
      const [address] = addresses
      // One private address among them is enough to mistrust the name.
      if (address === undefined || !addresses.every(isAllowed)) return 'failed'
      return outcomeOf(await post(endpoint, address, authorization, signal, options))
    } catch {
      return 'failed'
    }
  }
}

/** To the address that was checked and no other: the name is not looked up a second time. */
function post(
  endpoint: URL,
  address: string,
  authorization: string,
  signal: AbortSignal,
  { port = 443, ca }: PostOptions,
): Promise<number> {
  return new Promise((answered, failed) => {
    const sent = request({
      method: 'POST',
      host: address,
      port,
      servername: endpoint.hostname,
      path: endpoint.pathname + endpoint.search,
      headers: {
        host: endpoint.host,
        authorization,
        ttl: String(TTL_S),
        urgency: 'normal',
        topic: 'news',
        'content-length': '0',
      },
      agent: false,
      maxHeaderSize: MAX_HEADER_BYTES,
      signal,
      ...(ca === undefined ? {} : { ca }),
    })
    sent.on('response', response => {
      answered(response.statusCode ?? 0)
      // Whatever else it says is not read.
      response.destroy()
    })
    sent.on('error', failed)
    sent.end()
  })
}

/** A redirect is nothing that a push service answers, and is not followed. */
function outcomeOf(status: number): PushOutcome {
  if (status >= 200 && status < 300) return 'sent'
  return status === 404 || status === 410 ? 'gone' : 'failed'
}

async function resolveAll(hostname: string): Promise<readonly string[]> {
  return (await lookup(hostname, { all: true })).map(({ address }) => address)
}

/** The system's resolver can't be told to stop. */
function within<Value>(asked: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const late = new Promise<never>((_, failed) => {
    signal.addEventListener('abort', () => failed(new Error('Cannot look the name up in time')), { once: true })
  })
  return Promise.race([asked, late])
}
