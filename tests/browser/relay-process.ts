import { type ChildProcess, spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

/** A real relay process with its own database, on a port the system chose. */
export class RelayProcess {
  readonly dataDir: string
  origin = ''
  /** Everything it printed. */
  log = ''
  #port = 0
  #child: ChildProcess | undefined

  private constructor(dataDir: string) {
    this.dataDir = dataDir
  }

  static async start(env: Readonly<Record<string, string>> = {}): Promise<RelayProcess> {
    const relay = new RelayProcess(makeTempFolder('relay'))
    await relay.#run(env)
    return relay
  }

  async #run(env: Readonly<Record<string, string>>): Promise<void> {
    const child = spawn(process.execPath, ['sync-server/main.ts'], {
      env: {
        ...process.env,
        PORT: String(this.#port),
        HOST: 'localhost',
        DATA: this.dataDir,
        APP: process.env.WELLKEEP_APP ?? 'dist/app',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    child.stderr.on('data', chunk => (this.log += String(chunk)))
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', chunk => {
        this.log += String(chunk)
        const address = /http:\/\/(?:localhost|127\.0\.0\.1):(\d+)/.exec(this.log)
        if (address === null) return
        this.#port = Number(address[1])
        this.origin = `http://localhost:${this.#port}`
        resolve()
      })
      child.once('exit', code => reject(new Error(`The relay ended with ${code}: ${this.log}`)))
    })
  }

  /** Stops it as a power cut would, or politely. */
  async stop(signal: 'SIGKILL' | 'SIGTERM' = 'SIGTERM'): Promise<void> {
    const child = this.#child
    if (child === undefined) return
    this.#child = undefined
    child.removeAllListeners('exit')
    const ended = new Promise(resolve => child.once('exit', resolve))
    child.kill(signal)
    await ended
  }

  /** The same database on the same port. */
  async restart(env: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.stop()
    await this.#run(env)
  }

  /** As `restart`, with a clock that is ahead; the next restart has the right one again. */
  async restartAhead(aheadMs: number): Promise<void> {
    const shift = `const now = Date.now; Date.now = () => now() + ${aheadMs}`
    await this.restart({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(shift)}` })
  }

  async destroy(): Promise<void> {
    await this.stop('SIGKILL')
    await rm(this.dataDir, { recursive: true, force: true })
  }
}
