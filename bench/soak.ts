import { makeSigningKey } from '#crypto/keys.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { createLog, RelayClient } from '#tests/support/relay-processes.ts'
import { makeLog, TestFeed } from '#tests/support/signed.ts'
import { cpuMs, residentBytes, startRelayProcess } from './relay-process.ts'

/**
 * A relay under steady load: `npm run soak -- 10 100`, so many minutes and appends a second, over 20 logs with a writer and five readers
 * each. Prints what memory the process holds, and ends with 1 where a frame was not delivered to each reader or memory grew by more
 * than a tenth from the first third to the last.
 */
const [minutes = 10, perSecond = 100] = process.argv.slice(2).map(Number)
const LOGS = 20
const READERS = 5
const TICK_MS = 100
const SAY_MS = 30_000

interface Room {
  readonly feed: TestFeed
  readonly writer: RelayClient
  readonly readers: readonly RelayClient[]
}

async function openRoom(origin: string): Promise<Room> {
  const [log, holder] = [makeLog(), makeSigningKey()]
  await createLog(origin, log, holder)
  const feed = new TestFeed(log)
  const writer = await RelayClient.connect(origin, holder, feed)
  const readers = await Promise.all(Array.from({ length: READERS }, () => RelayClient.connect(origin, holder)))
  for (const reader of readers) reader.watch(log.logId)
  return { feed, writer, readers }
}

await readyCrypto()
const { server, end } = await startRelayProcess()
const rooms = await Promise.all(Array.from({ length: LOGS }, () => openRoom(server.origin)))
const [startedAt, cpuBefore] = [performance.now(), cpuMs(server)]
const memory: number[] = []
let [sent, acknowledged, delivered, saidAt] = [0, 0, 0, startedAt]
const count = () => {
  for (const { writer, readers } of rooms) {
    acknowledged += writer.acknowledged()
    writer.said.length = 0
    for (const reader of readers) {
      delivered += reader.pushed().length
      reader.said.length = 0
    }
  }
}
while (performance.now() - startedAt < minutes * 60_000) {
  const due = Math.floor(((performance.now() - startedAt) / 1000) * perSecond)
  for (; sent < due; sent++) {
    const room = rooms[sent % LOGS]!
    room.writer.append(room.feed.next('ops', 500))
  }
  count()
  memory.push(residentBytes(server) / 2 ** 20)
  if (performance.now() - saidAt > SAY_MS) {
    saidAt = performance.now()
    const passed = ((saidAt - startedAt) / 60_000).toFixed(1)
    console.log(`${passed} min: ${memory.at(-1)!.toFixed(1)} MB, ${acknowledged} acknowledged, ${delivered} delivered`)
  }
  await new Promise(resolve => setTimeout(resolve, TICK_MS))
}
await new Promise(resolve => setTimeout(resolve, 2000))
count()
const mean = (part: readonly number[]) => part.reduce((sum, one) => sum + one, 0) / part.length
const third = Math.floor(memory.length / 3)
const [first, last] = [mean(memory.slice(0, third)), mean(memory.slice(-third))]
const isWhole = acknowledged === sent && delivered === sent * READERS
console.log(`${sent} sent, ${acknowledged} acknowledged, ${delivered} of ${sent * READERS} delivered`)
console.log(
  `Memory: ${first.toFixed(1)} MB in the first third, ${last.toFixed(1)} in the last, at most ${Math.max(...memory).toFixed(1)}`,
)
console.log(
  `CPU: ${((1000 * (cpuMs(server) - cpuBefore)) / sent).toFixed(0)} µs for each append with its five deliveries`,
)
for (const { writer, readers } of rooms) for (const client of [writer, ...readers]) client.close()
end()
process.exitCode = isWhole && last < first * 1.1 ? 0 : 1
