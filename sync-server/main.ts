import { resolve } from 'node:path'
import { runCommand } from './operate/command.ts'
import { type RunningAppHost, startAppHost } from './app-host.ts'
import { type Config, readConfig, settingsPassedOver } from './config.ts'
import { createEventLog, type EventLog } from './event-log.ts'
import { type RunningRelay, startRelay } from './server.ts'
import { readSettings } from './settings-file.ts'

const settings = readSettings(process.env)
const config = settings.ok ? readConfig(settings.value.values, process.stdout.isTTY) : settings
if (!config.ok) {
  for (const sentence of config.failure) console.error(sentence)
  process.exit(2)
}
if (settings.ok)
  for (const sentence of [...settings.value.remarks, ...settingsPassedOver(settings.value.values)])
    console.error(sentence)

const asked = process.argv.slice(2)
if (asked.length > 0) {
  process.exit(await runCommand(asked, { config: config.value, say: line => console.log(line), now: Date.now }))
}

const allEvents = createEventLog(line => process.stdout.write(`${line}\n`), Date.now)
const log: EventLog = (event, fields) => {
  if (event !== 'request' || config.value.logsRequests) allEvents(event, fields)
}

const running = await start(config.value).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})

let isStopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // A second signal: whoever sent it does not want to wait. What was acknowledged is on the disk anyway.
    if (isStopping) process.exit(1)
    isStopping = true
    log('stopping')
    void running.stop().then(() => process.exit(0))
  })
}

async function start(known: Config): Promise<RunningRelay | RunningAppHost> {
  if (known.relay !== undefined) {
    const app = await startAppHost(known, known.relay, log)
    welcome(known.host, app.port, [`It serves the app alone, which asks the relay at ${known.relay} (RELAY).`])
    return app
  }
  const relay = await startRelay(known, log)
  const { port, place, tokens } = relay
  welcome(known.host, port, [
    appWords(known, relay),
    `Stored in ${place}`,
    tokens === 0 ? 'It takes anybody (ADMISSION_TOKENS).' : `It takes only who has one of ${tokens} admission tokens.`,
  ])
  return relay
}

function appWords({ appFolder, appAt }: Config, { servesApp }: RunningRelay): string {
  if (servesApp) return ''
  if (appAt !== undefined) return `It carries records only, and leads people on to the app at ${appAt} (APP).`
  return appFolder === undefined
    ? 'It carries records only (APP=off): whoever opens a link or an invitation at its address gets no app. Where the app is at another address, set APP to that.'
    : `It carries records only: there is no built app in ${resolve(appFolder)} (APP). npm run build makes it.`
}

function welcome(host: string, port: number, words: readonly string[]): void {
  const isLocal = host === '127.0.0.1' || host === '::1' || host === 'localhost'
  const address = `http://${isLocal ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`
  console.log([`Wellkeep is at ${address}`, ...words, 'Stop with Ctrl+C.'].filter(line => line !== '').join('\n'))
}
