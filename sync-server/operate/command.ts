import { join, resolve } from 'node:path'
import { readyVerify } from '#crypto/verify.ts'
import { instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { Config } from '../config.ts'
import { cutIds } from '../event-log.ts'
import type { Database } from '../store/database.ts'
import { openSqliteStore } from '../store/sqlite-store.ts'
import { backUp, restore } from './back-up.ts'
import { isServing, lookAt, STORE_FILE } from './looked-at.ts'
import { statusLines, usageLines } from './status.ts'
import { type Verified, verifyStore } from './verify-store.ts'

const HELP = `npm run relay                        serves (settings: sync-server/README.md)
npm run relay -- status              what the store holds, and what waits in it
npm run relay -- usage               room that each account uses
npm run relay -- prune               carries out what is due; a relay that runs does so every minute
npm run relay -- backup <folder>     store and key into a new folder, also while the relay serves
npm run relay -- restore <folder>    a backup into an empty data folder
npm run relay -- verify              walks every chain, checks every signature and hash
All but the first end with 0 when all is well, 1 when something is wrong, 2 when they were asked wrongly.`

interface Deps {
  readonly config: Config
  readonly say: (line: string) => void
  readonly now: () => number
}

type Done = Result<readonly string[], { readonly code: 1 | 2; readonly lines: readonly string[] }>

/** What the operator asked for on the command line; answers the exit code. */
export async function runCommand([name = '', ...rest]: readonly string[], deps: Deps): Promise<number> {
  await readyVerify()
  const done = await act(name, rest, deps)
  for (const line of done.ok ? done.value : done.failure.lines) deps.say(line)
  return done.ok ? 0 : done.failure.code
}

async function act(name: string, rest: readonly string[], deps: Deps): Promise<Done> {
  const { config, now, say } = deps
  const data = resolve(config.dataFolder)
  const [folder] = rest
  const wantsFolder = name === 'backup' || name === 'restore'
  if (name === 'help' || name === '--help' || name === '-h') return ok([HELP])
  if (rest.length > (wantsFolder ? 1 : 0))
    return wrongly(`"${name}" takes no ${wantsFolder ? 'more than one folder' : 'further words'}.`)
  if (wantsFolder && folder === undefined) return wrongly(`Say which folder: npm run relay -- ${name} <folder>`)
  const target = resolve(folder ?? data)
  switch (name) {
    case 'status':
      return looking(data, db => ok([serving(data), ...statusLines(db, config.limits, now())]))
    case 'usage':
      return looking(data, db => ok(usageLines(db, config.limits)))
    case 'verify':
      return looking(data, db => told(verifyStore(db, progress(say, now))))
    case 'backup':
      return copied(
        backUp(data, target),
        `Backed up to ${target}. Who has it has the relay's key: keep it as you keep the relay.`,
      )
    case 'restore':
      return copied(
        restore(target, data),
        `Restored to ${data}. Devices bring what came after this backup by themselves.`,
      )
    case 'prune':
      return prune(data, deps)
    default:
      return wrongly(`There is no "${name}".`)
  }
}

const wrongly = (sentence: string): Done => fail({ code: 2, lines: [sentence, HELP] })
const wrong = (...lines: readonly string[]): Done => fail({ code: 1, lines })
const serving = (data: string) => `Relay:         ${isServing(data) ? 'serves' : 'is stopped'}, from ${data}`
const checked = ({ logs, frames, blobs }: Verified) =>
  `Checked ${frames} frames and ${blobs} blobs of ${logs} logs: every chain, signature and hash.`

function looking(data: string, look: (db: Database) => Done): Done {
  const looked = lookAt(data)
  if (!looked.ok) return wrong(looked.failure)
  try {
    return look(looked.value)
  } finally {
    looked.value.close()
  }
}

function told(verified: Verified): Done {
  const { damaged, file } = verified
  if (damaged.length === 0 && file.length === 0) return ok([checked(verified), 'All is whole.'])
  return wrong(
    checked(verified),
    ...damaged.map(({ logId, what }) => `Log ${cutIds(logId)}: ${what}`),
    ...file.map(line => `The file: ${line}`),
    'The others serve on. Restore the last backup that was whole: devices bring what came after it by themselves.',
  )
}

function copied(done: Result<Verified, string>, sentence: string): Done {
  return done.ok ? ok([checked(done.value), sentence]) : wrong(done.failure)
}

async function prune(data: string, { config, now }: Deps): Promise<Done> {
  const looked = lookAt(data)
  if (!looked.ok) return wrong(looked.failure)
  looked.value.close()
  if (isServing(data)) return ok(['The relay serves, and carries out what is due by itself every minute.'])
  const store = openSqliteStore({ path: join(data, STORE_FILE), limits: config.limits })
  const { frames, drops } = await store.sweep(instant(now()))
  await store.close()
  return ok([`Let go of ${frames} frames that snapshots stand for, and of ${drops} letters that nobody fetched.`])
}

/** A line every five seconds: a large store takes minutes. */
function progress(say: (line: string) => void, now: () => number): (logs: number, of: number) => void {
  let saidAt = now()
  return (logs, of) => {
    if (now() - saidAt < 5000) return
    saidAt = now()
    say(`${logs} of ${of} logs …`)
  }
}
