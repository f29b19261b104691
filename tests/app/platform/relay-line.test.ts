import { rm } from 'node:fs/promises'
import { expect, test, vi } from 'vitest'
import { browserLink } from '#app/platform/browser-link.ts'
import { serveRelays } from '#app/platform/relay-door.ts'
import { makeRelayLines, type RelayScript } from '#app/platform/relay-line.ts'
import type { FromRelays } from '#app/platform/relay-words.ts'
import { parseRelayOrigin } from '#schema/relay-origin.ts'
import { fail } from '#schema/result.ts'
import { readConfig } from '#sync-server/config.ts'
import { startRelay } from '#sync-server/server.ts'
import { describeRelayLink } from '#tests/contract/relay-link.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

/** The script on the other side of a worker's edge: copies alone cross it, a turn later. */
function script(here: string, linkTo = browserLink): RelayScript {
  const self: RelayScript = { onmessage: null, postMessage: asked => later(asked, take) }
  const take = serveRelays(here, linkTo, said =>
    later(said, data => self.onmessage?.({ data } as MessageEvent<FromRelays>)),
  )
  return self
}

function later<Said>(said: Said, hear: (copy: Said) => void): void {
  const copy = structuredClone(said)
  setImmediate(() => hear(copy))
}

describeRelayLink('a relay that another script reaches', async () => {
  const folder = makeTempFolder('line')
  const config = readConfig({ PORT: '0', HOST: '127.0.0.1', DATA: folder })
  if (!config.ok) throw new Error(config.failure.join(' '))
  const relay = await startRelay(config.value, () => undefined)
  let isRunning = true
  const cut = async () => {
    if (!isRunning) return
    isRunning = false
    await relay.stop()
  }
  const lines = makeRelayLines(() => script('http://localhost:1'))
  return {
    link: lines(parseRelayOrigin(`http://127.0.0.1:${relay.port}`)!),
    cut,
    async close() {
      await cut()
      await rm(folder, { recursive: true })
    },
  }
})

const LOCAL = parseRelayOrigin('http://localhost:9')!
const REQUEST = { method: 'GET', path: '/v1/challenge' } as const

test('an app that came from elsewhere asks nothing of the machine it runs on', async () => {
  const linkTo = vi.fn<typeof browserLink>()
  const link = makeRelayLines(() => script('https://hers.example', linkTo))(LOCAL)
  expect(await link.request(REQUEST)).toEqual(fail('unreachable'))
  await new Promise<void>(resolve =>
    link.openStream({ opened: () => undefined, message: () => undefined, closed: resolve }),
  )
  expect(linkTo).not.toHaveBeenCalled()
})

test('a script that does not start answers what was asked, and is started anew by the next question', async () => {
  const started: RelayScript[] = []
  const lines = makeRelayLines(() => {
    started.push({ postMessage: () => undefined, onmessage: null, onerror: null })
    return started.at(-1)!
  })
  const asked = lines(LOCAL).request(REQUEST)
  started[0]!.onerror?.({} as ErrorEvent)
  expect(await asked).toEqual(fail('unreachable'))
  void lines(LOCAL).request(REQUEST)
  expect(started).toHaveLength(2)
})
