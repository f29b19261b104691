import { runCommand } from './operate/command.ts'
import { readConfig } from './config.ts'
import { createEventLog, type EventLog } from './event-log.ts'
import { type RunningRelay, startRelay } from './server.ts'
import { readSettings } from './settings-file.ts'

const settings = readSettings(process.env)
const config = settings.ok ? readConfig(settings.value, process.stdout.isTTY) : settings
if (!config.ok) {
  for (const sentence of config.failure) console.error(sentence)
  process.exit(2)
}

const asked = process.argv.slice(2)
if (asked.length > 0) {
  process.exit(await runCommand(asked, { config: config.value, say: line => console.log(line), now: Date.now }))
}

const allEvents = createEventLog(line => process.stdout.write(`${line}\n`), Date.now)
const log: EventLog = (event, fields) => {
  if (event !== 'request' || config.value.logsRequests) allEvents(event, fields)
}

const relay = await startRelay(config.value, log).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
welcome(relay, config.value.host)

let isStopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // A second signal: whoever sent it does not want to wait. What was acknowledged is on the disk anyway.
    if (isStopping) process.exit(1)
    isStopping = true
    log('stopping')
    void relay.stop().then(() => process.exit(0))
  })
}

function welcome({ port, place, tokens, servesApp }: RunningRelay, host: string): void {
  const isLocal = host === '127.0.0.1' || host === '::1' || host === 'localhost'
  const address = `http://${isLocal ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`
  console.log(
    [
      `Wellkeep is at ${address}`,
      servesApp ? '' : 'It carries records only: there is no built app to serve (npm run build makes it).',
      `Stored in ${place}`,
      tokens === 0
        ? 'It takes anybody (ADMISSION_TOKENS).'
        : `It takes only who has one of ${tokens} admission tokens.`,
      'Stop with Ctrl+C.',
    ]
      .filter(line => line !== '')
      .join('\n'),
  )
}
