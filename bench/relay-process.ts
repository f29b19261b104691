import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

/** Server processes that are measured from outside, by /proc (Linux). */
const TICK_MS = 10
const PAGE_BYTES = 4096

export interface Server {
  readonly origin: string
  readonly child: ChildProcess
}

/** `flags`: of Node. */
export async function startProcess(
  script: string,
  environment: Record<string, string> = {},
  flags: readonly string[] = [],
): Promise<Server> {
  const child = spawn(process.execPath, ['--no-warnings', ...flags, script], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  // Else a server outlives a driver that failed.
  process.once('exit', () => child.kill('SIGKILL'))
  let printed = ''
  const origin = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`${script} ended`)))
    child.stdout.on('data', chunk => {
      printed += String(chunk)
      const address = /http:\/\/localhost:\d+/.exec(printed)?.[0]
      if (address !== undefined) resolve(address.replace('localhost', '127.0.0.1'))
    })
  })
  return { origin, child }
}

/** Fields 14 and 15 of proc(5), counted after the name, which may hold blanks. */
export function cpuMs({ child }: Server): number {
  const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
  return (Number(user) + Number(system)) * TICK_MS
}

/** The second field of statm in proc(5). */
export function residentBytes({ child }: Server): number {
  return Number(readFileSync(`/proc/${child.pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES
}

/** Environment of a relay without the rates that keep one client from asking so much. */
export const UNBOUND = { FRAMES_PER_SECOND: '1000000', REQUESTS_PER_SECOND: '100000', NEW_LOGS_PER_HOUR: '1000000' }

/** As `npm start` runs it. */
export const startRelay = (environment: Record<string, string>): Promise<Server> =>
  startProcess('sync-server/main.ts', environment, ['--max-semi-space-size=8'])

/** A relay on a store of its own, without the rates that keep one client from asking so much. */
export async function startRelayProcess(): Promise<{ server: Server; end: () => void }> {
  const folder = makeTempFolder('bench-relay')
  const environment = {
    PORT: '0',
    DATA: join(folder, 'data'),
    APP: join(folder, 'none'),
    LOG_REQUESTS: '0',
    ...UNBOUND,
  }
  const server = await startRelay(environment)
  return {
    server,
    end: () => {
      server.child.kill('SIGKILL')
      rmSync(folder, { recursive: true })
    },
  }
}
