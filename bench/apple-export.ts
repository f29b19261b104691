import { createWriteStream, openAsBlob } from 'node:fs'
import { once } from 'node:events'
import { createDeflateRaw } from 'node:zlib'
import { readChosenFile } from '#app/core/exchange/read-import-file.ts'
import { crc32 } from '#app/core/exchange/zip/crc32.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { ME, WATCH, endOfZip, zipHeads } from '#tests/support/apple-health.ts'
import { cpuMs } from './cpu.ts'

/** How the records of a phone with a watch are shared out, in hundredths, with what each looks like. */
const KINDS = [
  {
    share: 34,
    type: 'ActiveEnergyBurned',
    unit: 'kcal',
    value: (n: number) => ((n % 97) / 31).toFixed(3),
    seconds: 60,
  },
  { share: 22, type: 'HeartRate', unit: 'count/min', value: (n: number) => String(52 + (n % 70)), seconds: 0 },
  { share: 14, type: 'StepCount', unit: 'count', value: (n: number) => String(n % 120), seconds: 300 },
  {
    share: 14,
    type: 'DistanceWalkingRunning',
    unit: 'km',
    value: (n: number) => ((n % 90) / 1000).toFixed(5),
    seconds: 300,
  },
  { share: 10, type: 'BasalEnergyBurned', unit: 'kcal', value: (n: number) => (10 + (n % 9)).toFixed(2), seconds: 900 },
  {
    share: 3,
    type: 'EnvironmentalAudioExposure',
    unit: 'dBASPL',
    value: (n: number) => (50 + (n % 30)).toFixed(3),
    seconds: 600,
  },
  {
    share: 2,
    type: 'OxygenSaturation',
    unit: '%',
    value: (n: number) => (0.94 + (n % 6) / 100).toFixed(2),
    seconds: 0,
  },
  { share: 1, type: 'RespiratoryRate', unit: 'count/min', value: (n: number) => (12 + (n % 7)).toFixed(1), seconds: 0 },
] as const

const FIRST = Date.UTC(2016, 0, 4)
const SPAN_MS = 8 * 365 * 86_400_000
const PIECE = 1 << 20

/** The text of an export with about `bytes` of records, kind by kind as iOS writes it, over eight years. */
function* bigHealthData(bytes: number): Generator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<HealthData locale="en_US">\n <ExportDate value="2024-03-20 10:30:00 +0000"/>\n${ME}\n`
  for (const kind of KINDS) {
    const count = Math.ceil((bytes * kind.share) / 100 / recordOf(kind, 0, 0).length)
    let text = ''
    for (let n = 0; n < count; n++) {
      text += recordOf(kind, n, Math.floor((SPAN_MS / count) * n))
      if (text.length < PIECE) continue
      yield text
      text = ''
    }
    yield text
  }
  yield '</HealthData>\n'
}

const moment = (ms: number) => new Date(FIRST + ms).toISOString().slice(0, 19).replace('T', ' ')

function recordOf({ type, unit, value, seconds }: (typeof KINDS)[number], n: number, ms: number): string {
  const end = moment(ms + seconds * 1000)
  const start = ` <Record type="HKQuantityTypeIdentifier${type}" sourceName="Kim’s Apple Watch" sourceVersion="10.3" ${WATCH} unit="${unit}" creationDate="${end} +0100" startDate="${moment(ms)} +0100" endDate="${end} +0100" value="${value(n)}"`
  if (type !== 'HeartRate') return `${start}/>\n`
  return `${start}>\n  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="${n % 3}"/>\n </Record>\n`
}

/** Writes an archive with such an export of about `bytes` of XML to `path`; answers its exact length. */
async function writeBigExport(path: string, bytes: number): Promise<number> {
  const name = 'apple_health_export/export.xml'
  const file = createWriteStream(path)
  const deflate = createDeflateRaw({ level: 1 })
  const packed: Uint8Array[] = []
  let [crc, plainBytes, packedBytes] = [0, 0, 0]
  // Sizes are known at the end only; the directory has them, and who reads it looks nowhere else.
  file.write(zipHeads(name, { crc: 0, packedBytes: 0, bytes: 0 }).local)
  deflate.on('data', (piece: Uint8Array) => {
    packedBytes += piece.length
    packed.push(piece)
  })
  for (const text of bigHealthData(bytes)) {
    const plain = new TextEncoder().encode(text)
    crc = crc32(plain, crc)
    plainBytes += plain.length
    if (!deflate.write(plain)) await once(deflate, 'drain')
    for (const piece of packed.splice(0)) if (!file.write(piece)) await once(file, 'drain')
  }
  deflate.end()
  await once(deflate, 'end')
  for (const piece of packed.splice(0)) file.write(piece)
  const { local, central } = zipHeads(name, { crc, packedBytes, bytes: plainBytes })
  file.write(central)
  for (const part of endOfZip(1, central.length, local.length + packedBytes)) file.write(part)
  file.end()
  await once(file, 'close')
  return plainBytes
}

/** Reads the export at `path` as the app does: CPU time, and the most memory this process ever had. */
async function readBigExport(path: string): Promise<{ readonly cpuMs: number; readonly megabytes: number }> {
  await readyCrypto()
  const file = await openAsBlob(path)
  const cpu = await cpuMs(async () => {
    const read = await readChosenFile(file, 'export.zip')
    if (!read.ok || read.value.resources.length < 1000) throw new Error('Cannot read the export that was made for it')
  })
  return { cpuMs: cpu, megabytes: process.resourceUsage().maxRSS / 1024 }
}

// Each in a process of its own: what writes a file must not count for who reads it.
if (process.argv[1]?.endsWith('apple-export.ts')) {
  const [act, path = '', bytes = '0'] = process.argv.slice(2)
  const answer = act === 'write' ? await writeBigExport(path, Number(bytes)) : await readBigExport(path)
  process.stdout.write(JSON.stringify(answer))
}
