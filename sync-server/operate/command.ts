import { join, resolve } from 'node:path'
import { readyVerify } from '#crypto/verify.ts'
import { instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { Config } from '../config.ts'
import { cutIds } from '../event-log.ts'
import type { RelayStore } from '../store/relay-store.ts'
import { openSqliteStore } from '../store/sqlite-store.ts'
import { openBlobs } from '../store/s3/open.ts'
import { backUp, restore } from './back-up.ts'
import { lookAt, type LookedAt, STORE_FILE } from './looked-at.ts'
import { diskLines, statusLines, usageLines } from './status.ts'
import { type Verified, verifyStore } from './verify-store.ts'

const HELP = `npm run relay                        serves (settings: sync-server/README.md)
npm run relay -- status              what the store holds, and what waits in it
npm run relay -- usage               room that each account uses
npm run relay -- prune               carries out what is due; a relay that runs does so every minute
npm run relay -- backup <folder>     store and key into a new folder, also while the relay serves
npm run relay -- restore <folder>    a backup into an empty data folder or database
npm run relay -- verify              walks every chain, checks every signature and hash
With DATABASE_URL they are about PostgreSQL; a backup of one kind of store restores into the other.
All but the first end with 0 when all is well, 1 when something is wrong, 2 when they were asked wrongly; verify with 3 when nothing
was found wrong, but the S3 store could not be asked for blobs.`

interface Deps {
  readonly config: Config
  readonly say: (line: string) => void
  readonly now: () => number
}

type Done = Result<readonly string[], { readonly code: 1 | 2 | 3; readonly lines: readonly string[] }>

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
  if (config.relay !== undefined)
    return fail({
      code: 2,
      lines: [`With RELAY, this process serves the app alone and has no store. Ask where ${config.relay} runs.`],
    })
  const target = resolve(folder ?? data)
  const said = progress(say, now)
  const copying = (table: string) => said(`Copying ${table} …`)
  switch (name) {
    case 'status':
      return looking(config, async store => {
        const lines = await store.run(statusLines(await store.usedBytes(), config.limits, now()))
        return ok([`Relay:         ${store.serving}`, ...(await diskLines(config)), ...lines])
      })
    case 'usage':
      return looking(config, async store => ok(await store.run(usageLines(config.limits, config.admissionHashes))))
    case 'verify':
      return looking(config, async store =>
        told(await verifyStore(store, await openBlobs(config.s3), (logs, of) => said(`${logs} of ${of} logs …`))),
      )
    case 'backup':
      return copied(
        await backUp(config, target, copying),
        `Backed up to ${target}. Who has it has the relay's key: keep it as you keep the relay.`,
      )
    case 'restore':
      return copied(
        await restore(target, config, copying),
        `Restored to ${config.databaseUrl === undefined ? data : 'PostgreSQL'}. Devices bring what came after this backup by themselves.`,
      )
    case 'prune':
      return prune(deps)
    default:
      return wrongly(`There is no "${name}".`)
  }
}

const wrongly = (sentence: string): Done => fail({ code: 2, lines: [sentence, HELP] })
const wrong = (...lines: readonly string[]): Done => fail({ code: 1, lines })
const checked = ({ logs, frames, blobs }: Verified) =>
  `Checked ${frames} frames and ${blobs} blobs of ${logs} logs: every chain, signature and hash.`

async function looking(config: Config, look: (store: LookedAt) => Promise<Done>): Promise<Done> {
  const looked = await lookAt(config)
  if (!looked.ok) return wrong(looked.failure)
  try {
    return await look(looked.value)
  } finally {
    await looked.value.close()
  }
}

function told(verified: Verified): Done {
  const { damaged, file, unseen } = verified
  const notSeen =
    unseen.why === undefined
      ? []
      : [
          `${unseen.blobs} blobs could not be looked at: ${unseen.why}.`,
          'That says nothing about them. Try again with the S3_… settings of the relay, and once that store answers.',
        ]
  if (damaged.length === 0 && file.length === 0) {
    if (notSeen.length === 0) return ok([checked(verified), 'All is whole.'])
    return fail({ code: 3, lines: [checked(verified), 'These are whole.', ...notSeen] })
  }
  return wrong(
    checked(verified),
    ...damaged.map(({ logId, what }) => `Log ${cutIds(logId)}: ${what}`),
    ...file.map(line => `The file: ${line}`),
    ...notSeen,
    'The others serve on. Restore the last backup that was whole: devices bring what came after it by themselves.',
  )
}

function copied(done: Result<Verified, string>, sentence: string): Done {
  return done.ok ? ok([checked(done.value), sentence]) : wrong(done.failure)
}

async function prune({ config, now }: Deps): Promise<Done> {
  const looked = await lookAt(config)
  if (!looked.ok) return wrong(looked.failure)
  await looked.value.close()
  if (looked.value.isServing) return ok(['The relay serves, and carries out what is due by itself every minute.'])
  const store = await openAny(config)
  const { frames, drops } = await store.sweep(instant(now()))
  await store.close()
  return ok([`Let go of ${frames} frames that snapshots stand for, and of ${drops} letters that nobody fetched.`])
}

async function openAny({ dataFolder, databaseUrl, limits, s3 }: Config): Promise<RelayStore> {
  const opened = await openBlobs(s3)
  const blobs = opened === undefined ? {} : { blobs: opened }
  if (databaseUrl === undefined)
    return openSqliteStore({ path: join(resolve(dataFolder), STORE_FILE), limits, ...blobs })
  const { openPostgresStore } = await import('../store/postgres/postgres-store.ts')
  return openPostgresStore({ url: databaseUrl, limits, ...blobs })
}

/** A line every five seconds: a large store takes minutes. */
function progress(say: (line: string) => void, now: () => number): (line: string) => void {
  let saidAt = now()
  return line => {
    if (now() - saidAt < 5000) return
    saidAt = now()
    say(line)
  }
}
