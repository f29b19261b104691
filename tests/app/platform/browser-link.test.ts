import { rm } from 'node:fs/promises'
import { browserLink } from '#app/platform/browser-link.ts'
import { readConfig } from '#sync-server/config.ts'
import { startRelay } from '#sync-server/server.ts'
import { describeRelayLink } from '#tests/contract/relay-link.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

// Node's fetch and WebSocket are undici's, by the same standards as a browser's; the relay is real and on a real port.
describeRelayLink('the browser link', async () => {
  const folder = makeTempFolder('link')
  const config = readConfig({ PORT: '0', HOST: '127.0.0.1', DATA: folder })
  if (!config.ok) throw new Error(config.failure.join(' '))
  const relay = await startRelay(config.value, () => undefined)
  let isRunning = true
  const cut = async () => {
    if (!isRunning) return
    isRunning = false
    await relay.stop()
  }
  return {
    link: browserLink(`http://127.0.0.1:${relay.port}`),
    cut,
    async close() {
      await cut()
      await rm(folder, { recursive: true })
    },
  }
})
