import type { SessionHost } from '#app/core/make-session.ts'
import { firstLoad } from './first-load.ts'
import { readImportFile } from '#app/core/exchange/read-import-file.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { largeCcda } from '#tests/support/ccda-fixtures.ts'
import { bytesPerReading, catchUp } from './readings.ts'
import { readAppleExport } from './apple.ts'
import { cpuMs } from './cpu.ts'
import { bytesOfGrant, bytesOfRotationPerReader, changeArrives, revokeOneOf, shareLargeSection } from './sharing.ts'
import { firstSearch, nextSearch, searchAtOnce } from './search.ts'
import { sealedSummary, summaryOfRecord } from './summary.ts'
import { followTest, listTests } from './results.ts'
import { proposeReadings, proposeTwice } from './twice.ts'
import { importAll, loadWorld, openHome, startHost, unlockHome } from './world.ts'

/** One figure of the issue: what it is, what it should be at most, and how to measure it once in a fresh process. */
export interface BenchCase {
  readonly name: string
  readonly unit: 'ms CPU' | 'ms' | 'bytes' | 'MB' | 'kB brotli'
  /** Undefined: told, not promised. */
  readonly goal?: number
  /** Entries of the prepared record that `measure` is given the file of. */
  readonly world?: number
  measure(worldFile: string): Promise<number>
}

async function homeFromUnlock(file: string): Promise<number> {
  const world = await loadWorld(file)
  const { host } = await startHost(world.disk)
  return cpuMs(() => unlockHome(host, world.key))
}

/** From bytes to resources with their rows, in a process that has read no file yet. */
async function readClinicalDocument(): Promise<number> {
  await readyCrypto()
  // Node strips the types of a module as it loads it; the app's reader is built. What is loaded on the way to a document's reader, too.
  await import('#app/core/exchange/cda/find-cda.ts')
  await import('#app/core/exchange/xml/find-xml.ts')
  await import('#app/core/exchange/apple/find-apple.ts')
  const bytes = new TextEncoder().encode(largeCcda(250_000))
  return cpuMs(async () => {
    const file = await readImportFile(bytes, 'document.xml')
    if (!file.ok) throw new Error(`Cannot read the document: ${file.failure.kind}`)
  })
}

async function addReading(host: SessionHost, minute: number): Promise<void> {
  const takenAt = `${new Date(Date.UTC(2026, 0, 1, 8, minute)).toISOString().slice(0, 19)}+00:00`
  const added = await host.session.addEntry({
    kind: 'blood-pressure',
    takenAt,
    systolicMmHg: 120 + (minute % 20),
    diastolicMmHg: 80,
    pulsePerMinute: 61,
  })
  if (!added.ok) throw new Error(`Cannot add a reading: ${added.failure.kind}`)
}

const ADDED = 20

export const CASES: readonly BenchCase[] = [
  { name: 'home page from unlock, 1,000 entries', unit: 'ms CPU', goal: 500, world: 1000, measure: homeFromUnlock },
  { name: 'home page from unlock, 20,000 entries', unit: 'ms CPU', goal: 1500, world: 20_000, measure: homeFromUnlock },
  {
    name: 'add a reading until durable, 20,000 entries (mean of 20)',
    unit: 'ms CPU',
    goal: 30,
    world: 20_000,
    async measure(file) {
      const host = await openHome(await loadWorld(file))
      await addReading(host, 0)
      const total = await cpuMs(async () => {
        for (let minute = 1; minute <= ADDED; minute++) await addReading(host, minute)
      })
      return total / ADDED
    },
  },
  {
    name: 'import 1,000 resources, read to durable',
    unit: 'ms CPU',
    goal: 3000,
    world: 0,
    async measure(file) {
      const host = await openHome(await loadWorld(file))
      return cpuMs(() => importAll(host, 1000))
    },
  },
  {
    name: 'read an Apple Health export, each 100 MB of XML (25 MB/s)',
    unit: 'ms CPU',
    goal: 4000,
    measure: async () => readAppleExport(100_000_000).cpuMs,
  },
  {
    name: 'memory of the process that reads an Apple Health export of 1 GB of XML',
    unit: 'MB',
    goal: 300,
    measure: async () => readAppleExport(1_000_000_000).megabytes,
  },
  { name: 'read a clinical document of 250 KB (C-CDA)', unit: 'ms CPU', goal: 300, measure: readClinicalDocument },
  {
    name: 'summary (IPS) of 1,000 resources, without the passphrase check',
    unit: 'ms CPU',
    goal: 500,
    world: 1000,
    measure: async file => summaryOfRecord(await openHome(await loadWorld(file))),
  },
  {
    name: 'seal a health link with that summary',
    unit: 'ms CPU',
    goal: 200,
    world: 1000,
    measure: async file => sealedSummary(await openHome(await loadWorld(file))),
  },
  {
    name: 'list of tests, 20,000 entries',
    unit: 'ms CPU',
    goal: 200,
    world: 20_000,
    measure: async file => listTests(await openHome(await loadWorld(file))),
  },
  {
    name: 'one test over time, 20,000 entries',
    unit: 'ms CPU',
    world: 20_000,
    measure: async file => followTest(await openHome(await loadWorld(file))),
  },
  {
    name: 'first letters of a search, 20,000 entries, timeline open',
    unit: 'ms CPU',
    goal: 50,
    world: 20_000,
    measure: async file => firstSearch(await openHome(await loadWorld(file))),
  },
  {
    name: 'first letters of a search, 20,000 entries, straight after the home page',
    unit: 'ms CPU',
    world: 20_000,
    measure: async file => searchAtOnce(await openHome(await loadWorld(file))),
  },
  {
    name: 'next letter of a search in other words, 20,000 entries',
    unit: 'ms CPU',
    goal: 50,
    world: 20_000,
    measure: async file => nextSearch(await openHome(await loadWorld(file))),
  },
  {
    name: 'propose what came twice, 5,000 entries',
    unit: 'ms CPU',
    goal: 200,
    world: 0,
    measure: async file => proposeTwice(await openHome(await loadWorld(file)), 5000),
  },
  {
    name: 'propose what came twice, 50,000 readings',
    unit: 'ms CPU',
    goal: 1000,
    measure: () => proposeReadings(50_000),
  },
  { name: 'catch up with 10,000 readings', unit: 'ms CPU', goal: 1500, measure: () => catchUp(10_000) },
  {
    name: 'stored and sent per reading, batched by ten',
    unit: 'bytes',
    goal: 260,
    measure: async () => (await bytesPerReading(10_000)).frame,
  },
  {
    name: 'per reading in a snapshot',
    unit: 'bytes',
    goal: 15,
    measure: async () => (await bytesPerReading(10_000)).snapshot,
  },
  {
    name: 'share a section of 5,000 entries, until ready to send',
    unit: 'ms CPU',
    goal: 1000,
    measure: async () => (await shareLargeSection(5000)).ready,
  },
  {
    name: 'recipient: from accepting 5,000 entries to the first screen',
    unit: 'ms CPU',
    goal: 2000,
    measure: async () => (await shareLargeSection(5000)).seen,
  },
  {
    name: 'revoke one of 20 readers of 12 sections',
    unit: 'ms CPU',
    goal: 2000,
    measure: () => revokeOneOf(20, 12),
  },
  {
    name: 'a change appears at the other person, both online (p95 of 100)',
    unit: 'ms',
    goal: 150,
    measure: changeArrives,
  },
  { name: 'a grant of one section', unit: 'bytes', measure: bytesOfGrant },
  { name: 'a rotation, each reader of a section', unit: 'bytes', measure: bytesOfRotationPerReader },
  {
    name: 'memory of the process, 20,000 entries, home and timeline open',
    unit: 'MB',
    goal: 350,
    world: 20_000,
    async measure(file) {
      const host = await openHome(await loadWorld(file))
      await host.session.watchTimeline({}, () => undefined)
      await host.session.timelineRows({}, 0, 100)
      return process.memoryUsage().rss / 2 ** 20
    },
  },
  {
    name: 'first load before WebAssembly',
    unit: 'kB brotli',
    goal: 300,
    measure: async () => (await firstLoad()).appBytes / 1000,
  },
  {
    name: 'the WebAssembly, loaded apart (Automerge, libsodium)',
    unit: 'kB brotli',
    measure: async () => (await firstLoad()).webAssemblyBytes / 1000,
  },
]
