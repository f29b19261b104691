import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Client } from 'pg'
import { makeTempFolder } from './temp-folder.ts'

/** Where Debian keeps the programs of each version. */
const DEBIAN = '/usr/lib/postgresql'

/** The folder of `initdb` and `postgres`; undefined where PostgreSQL is not installed. */
export function postgresPrograms(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).toSorted((a, b) => Number(b) - Number(a)) : []
  const folders = [...versions.map(version => join(DEBIAN, version, 'bin')), ...(process.env.PATH ?? '').split(':')]
  return folders.find(folder => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}

/** Said once a run, in words that nobody overlooks. */
export function sayPostgresIsMissing(): void {
  process.stderr.write(
    '\n*** PostgreSQL is not installed: its store and several relays on one database are NOT TESTED. ***\n' +
      '*** On Debian: apt-get install postgresql. Then run the tests again. ***\n\n',
  )
}

/** A PostgreSQL server of its own, on a port the system chose, with a user `relay` that needs no password. */
export class TestPostgres {
  readonly #programs: string
  readonly #folder: string
  readonly #port: number
  readonly #isDurable: boolean
  #server: ReturnType<typeof spawn> | undefined
  #databases = 0

  private constructor(programs: string, folder: string, port: number, isDurable: boolean) {
    this.#programs = programs
    this.#folder = folder
    this.#port = port
    this.#isDurable = isDurable
  }

  /** `isDurable`: what is committed survives a power cut, as it has to where that is tested. */
  static async start(programs: string, isDurable = false): Promise<TestPostgres> {
    const folder = makeTempFolder('postgres')
    const as = serverUser()
    if (as !== undefined) chownSync(folder, as.uid, as.gid)
    const data = join(folder, 'data')
    execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'relay', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
      ...as,
      cwd: folder,
      stdio: 'ignore',
    })
    const postgres = new TestPostgres(programs, folder, await freePort(), isDurable)
    await postgres.run()
    return postgres
  }

  /** A copy that has what is committed here before whoever committed it hears so. */
  async standby(): Promise<TestPostgres> {
    const folder = makeTempFolder('standby')
    const as = serverUser()
    if (as !== undefined) chownSync(folder, as.uid, as.gid)
    const words = ['-d', this.url('postgres'), '-D', join(folder, 'data'), '-R', '-c', 'fast', '--no-sync']
    execFileSync(join(this.#programs, 'pg_basebackup'), words, { ...as, cwd: folder, stdio: 'ignore' })
    const copy = new TestPostgres(this.#programs, folder, await freePort(), this.#isDurable)
    await copy.run()
    await this.query(this.url('postgres'), "ALTER SYSTEM SET synchronous_standby_names = '*'")
    await this.query(this.url('postgres'), 'SELECT pg_reload_conf()')
    return copy
  }

  /** Of a copy: it takes the place of what it was copied from. */
  async promote(): Promise<void> {
    // Commits wait for no copy of its own.
    await this.query(this.url('postgres'), 'SELECT pg_promote()')
    await this.query(this.url('postgres'), 'ALTER SYSTEM RESET synchronous_standby_names')
    await this.query(this.url('postgres'), 'SELECT pg_reload_conf()')
  }

  get port(): number {
    return this.#port
  }

  /** Starts it, or starts it again. */
  async run(): Promise<void> {
    const settings = [
      '-p',
      String(this.#port),
      '-k',
      this.#folder,
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'max_connections=100',
    ]
    if (!this.#isDurable) settings.push('-c', 'fsync=off', '-c', 'synchronous_commit=off')
    this.#server = spawn(join(this.#programs, 'postgres'), ['-D', join(this.#folder, 'data'), ...settings], {
      ...serverUser(),
      cwd: this.#folder,
      stdio: 'ignore',
    })
    for (let tries = 0; !(await this.#answers()); tries++) {
      if (tries === 200 || this.#server.exitCode !== null) throw new Error('PostgreSQL does not start')
      await new Promise(wait => setTimeout(wait, 50))
    }
  }

  async #answers(): Promise<boolean> {
    const client = new Client({ connectionString: this.url('postgres') })
    try {
      await client.connect()
      return true
    } catch {
      return false
    } finally {
      await client.end().catch(() => undefined)
    }
  }

  url(database: string): string {
    return `postgres://relay@127.0.0.1:${this.#port}/${database}`
  }

  /** The address of a new, empty database. */
  async newDatabase(): Promise<string> {
    const name = `relay${(this.#databases += 1)}`
    await this.query(this.url('postgres'), `CREATE DATABASE ${name}`)
    return this.url(name)
  }

  async query(url: string, sql: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: url })
    await client.connect()
    try {
      const { rows } = await client.query(sql)
      return rows
    } finally {
      await client.end()
    }
  }

  /** `SIGQUIT`: at once, as a crash would. */
  async stop(signal: 'SIGINT' | 'SIGQUIT' = 'SIGINT'): Promise<void> {
    const server = this.#server
    if (server === undefined || server.exitCode !== null) return
    const ended = once(server, 'exit')
    server.kill(signal)
    await ended
  }

  async destroy(): Promise<void> {
    await this.stop('SIGQUIT')
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** PostgreSQL refuses to run as root: Debian's package makes a user for it. */
function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const number = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: number('-u'), gid: number('-g') }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
