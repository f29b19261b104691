import * as Comlink from 'comlink'
import { expect, test } from 'vitest'
import type { Session } from '#app/core/session.ts'

test('a tab in which the vault did not open lines up for it again, and serves what it was asked meanwhile', async () => {
  const worker = new Worker(new URL('../../support/failing-vault.ts', import.meta.url), { type: 'module' })
  const { port1, port2 } = new MessageChannel()
  worker.postMessage({ kind: 'window', port: port2, relay: location.origin }, [port2])
  const session = Comlink.wrap<Pick<Session, 'devices'>>(port1)
  expect((await session.devices()).length).toBe(3)
  worker.terminate()
})
