import { createHash } from 'node:crypto'
import { AwsClient } from 'aws4fetch'
import { type BlobStore, BlobsAway } from '../blob-store.ts'

export interface S3Settings {
  /** `https://host`; `http://host:port` only on this machine or its own network. */
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly accessKey: string
  readonly secretKey: string
}

/** Far less than the hour after which what nobody kept is taken away. */
const TIMEOUT_MS = 120_000
/** After an answer of 500 and more, or that it is too busy. */
const RETRIES = 2
/** The one object that no row names: put and taken away at each start. */
const TRIAL = 'trial'

/** Addresses have the bucket in their path, which every kind of server knows. */
export class S3Blobs implements BlobStore {
  readonly #client: AwsClient
  readonly #bucket: string

  constructor({ endpoint, bucket, region, accessKey, secretKey }: S3Settings) {
    const keys = { accessKeyId: accessKey, secretAccessKey: secretKey }
    this.#client = new AwsClient({ ...keys, region, service: 's3', retries: RETRIES, initRetryMs: 200 })
    this.#bucket = `${endpoint.replace(/\/$/, '')}/${bucket}`
  }

  async put(place: string, bytes: Uint8Array): Promise<void> {
    const answer = await this.#ask('store', place, {
      method: 'PUT',
      body: bytes as Uint8Array<ArrayBuffer>,
      // Signed with the rest: bytes that were changed on their way are refused.
      headers: { 'x-amz-content-sha256': createHash('sha256').update(bytes).digest('hex') },
    })
    if (!answer.ok) throw refused('store', answer.status)
  }

  async get(place: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const answer = await this.#ask('read', place, { method: 'GET' })
    if (answer.isMissing) return undefined
    if (!answer.ok) throw refused('read', answer.status)
    return answer.bytes
  }

  async remove(place: string): Promise<void> {
    const answer = await this.#ask('remove', place, { method: 'DELETE' })
    if (!answer.ok && !answer.isMissing) throw refused('remove', answer.status)
  }

  /** Throws with what the server answers when it takes nothing with these settings, and where it can't be reached. */
  async tryOut(): Promise<void> {
    await this.put(TRIAL, new Uint8Array(1))
    await this.remove(TRIAL)
  }

  async #ask(what: string, place: string, request: RequestInit) {
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS)
      const answer = await this.#client.fetch(`${this.#bucket}/${place}`, { ...request, redirect: 'error', signal })
      const bytes = new Uint8Array(await answer.arrayBuffer())
      // A bucket that is not there is a wrong setting: its objects lie elsewhere.
      const isMissing = answer.status === 404 && !Buffer.from(bytes).includes('NoSuchBucket')
      return { ok: answer.ok, status: answer.status, isMissing, bytes }
    } catch (error) {
      // Its own sentence may hold the address, and with it the place.
      const code = error instanceof Error ? codeOf(error) : 'unknown'
      throw new S3Unreachable(`Cannot ${what} a blob: the S3 store does not answer (${code})`)
    }
  }
}

/** As against a server that answers, and refuses. */
export class S3Unreachable extends BlobsAway {}

function refused(what: string, status: number): BlobsAway {
  return new BlobsAway(`Cannot ${what} a blob: the S3 store answers ${status}`)
}

function codeOf({ name, cause }: Error): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : name
}
