import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type S3Settings, S3Blobs } from '#sync-server/store/s3/s3-blobs.ts'
import { freePort } from './postgres.ts'
import { makeTempFolder } from './temp-folder.ts'

const PROGRAM = fileURLToPath(import.meta.resolve('s3rver/bin/s3rver.js'))
const BUCKET = 'blobs'
const OBJECT = '._S3rver_object'

/** A process that stores objects as S3 does (npm's `s3rver`), with one bucket. */
export class TestS3 {
  readonly settings: S3Settings
  readonly #folder: string
  readonly #port: number
  #server: ChildProcess | undefined

  private constructor(folder: string, port: number) {
    this.#folder = folder
    this.#port = port
    const endpoint = `http://127.0.0.1:${port}`
    // The one pair of keys that it knows.
    this.settings = { endpoint, bucket: BUCKET, region: 'us-east-1', accessKey: 'S3RVER', secretKey: 'S3RVER' }
  }

  static async start(): Promise<TestS3> {
    const s3 = new TestS3(makeTempFolder('s3'), await freePort())
    await s3.run()
    return s3
  }

  /** Starts it, or starts it again; nothing when it runs. */
  async run(): Promise<void> {
    if (this.#isRunning()) return
    const where = ['-d', this.#folder, '-a', '127.0.0.1', '-p', String(this.#port)]
    const server = spawn(process.execPath, [PROGRAM, ...where, '--silent', '--configure-bucket', BUCKET], {
      stdio: 'ignore',
    })
    this.#server = server
    for (let tries = 0; !(await this.#answers()); tries++) {
      if (tries === 400 || server.exitCode !== null) throw new Error('s3rver does not start')
      await new Promise(wait => setTimeout(wait, 50))
    }
  }

  async #answers(): Promise<boolean> {
    return fetch(this.settings.endpoint).then(
      () => true,
      () => false,
    )
  }

  /** As the relay's settings name it. */
  get environment(): Record<string, string> {
    const { endpoint, bucket, accessKey, secretKey } = this.settings
    return { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_ACCESS_KEY: accessKey, S3_SECRET_KEY: secretKey }
  }

  blobs(): S3Blobs {
    return new S3Blobs(this.settings)
  }

  /** The places where something lies, past the store's own interface. */
  places(): string[] {
    const files = readdirSync(join(this.#folder, BUCKET))
    return files.filter(file => file.endsWith(OBJECT)).map(file => file.slice(0, -OBJECT.length))
  }

  /** Flips a bit of what lies there. */
  damage(place: string): void {
    const path = join(this.#folder, BUCKET, place + OBJECT)
    const bytes = readFileSync(path)
    bytes[0]! ^= 1
    writeFileSync(path, bytes)
  }

  #isRunning(): boolean {
    return this.#server !== undefined && this.#server.exitCode === null && this.#server.signalCode === null
  }

  /** At once, as a crash would. */
  async stop(): Promise<void> {
    if (!this.#isRunning()) return
    const ended = once(this.#server!, 'exit')
    this.#server!.kill('SIGKILL')
    await ended
  }

  async destroy(): Promise<void> {
    await this.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
