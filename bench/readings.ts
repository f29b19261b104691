import * as A from '@automerge/automerge'
import type { SealedLog } from '#app/core/log/sealed-log.ts'
import { readingsLabel } from '#app/core/record/entry-place.ts'
import { timeOf } from '#app/core/record/pack-reading.ts'
import type { DocMap } from '#app/core/record/flat-fields.ts'
import { addReading, readingKey } from '#app/core/record/stored-entry.ts'
import { instant } from '#schema/instant.ts'
import type { BloodPressureFields } from '#schema/record/entry.ts'
import { makeWorld } from '#tests/app/core/record/record-world.ts'
import { allFrames } from '#tests/support/log-kit.ts'
import { testRandom } from '#tests/support/test-clock.ts'
import { cpuMs } from './cpu.ts'

const BATCH = 10
const LABEL = readingsLabel('blood-pressure', '2025')
/** Readings lie about 50 minutes apart, so that 10,000 fill a year. */
const GAP_MS = 50 * 60_000

function reading(number: number): BloodPressureFields {
  const at = Date.UTC(2025, 0, 1) + number * GAP_MS + ((number * 7919) % 40) * 60_000
  return {
    kind: 'blood-pressure',
    takenAt: `${new Date(at).toISOString().slice(0, 16)}:00+00:00`,
    systolicMmHg: 118 + ((number * 31) % 37),
    diastolicMmHg: 71 + ((number * 17) % 23),
    pulsePerMinute: 56 + ((number * 13) % 29),
  }
}

/** Writes `count` readings as the record does, one change each, ten changes to a frame. */
async function writeReadings(log: SealedLog, count: number): Promise<void> {
  for (let number = 0; number < count; number++) {
    const fields = reading(number)
    const time = timeOf(fields.takenAt)
    const key = readingKey(fields.takenAt, size => testRandom.bytes(size))
    const now = instant(Date.parse(fields.takenAt))
    await log.change<DocMap>(LABEL, doc => addReading(doc, `${time.month}~bench`, key, fields, now))
    if (number % BATCH === BATCH - 1) await flush(log)
  }
  await flush(log)
}

async function flush(log: SealedLog): Promise<void> {
  const stored = await log.flush()
  if (!stored.ok) throw new Error(`Cannot store: ${stored.failure}`)
}

/** CPU time in which a second device takes `count` readings into its document and index, frames of ten readings each. */
export async function catchUp(count: number): Promise<number> {
  const world = await makeWorld()
  const [from, to] = [await world.device(), await world.device()]
  await world.sync()
  await writeReadings(from.logs.get('vitals')!, count)
  const frames = await allFrames(from.logs.get('vitals')!)
  return cpuMs(async () => {
    for (let start = 0; start < frames.length; start += 300) {
      const received = await to.logs.get('vitals')!.receive(frames.slice(start, start + 300))
      if (!received.ok || received.value.quarantined.length > 0) throw new Error('Cannot receive all')
    }
    await to.record.idle()
    const range = [instant(Date.UTC(2024, 11, 31)), instant(Date.UTC(2027, 0, 1))] as const
    const rows = await to.record.readings('blood-pressure', ...range)
    if (rows.length !== count) throw new Error(`Cannot find all: ${rows.length} of ${count}`)
  })
}

/** Bytes of one reading in frames of ten and in the document's save, as means over `count`. */
export async function bytesPerReading(count: number): Promise<{ readonly frame: number; readonly snapshot: number }> {
  const world = await makeWorld()
  const device = await world.device()
  const log = device.logs.get('vitals')!
  const before = (await allFrames(log)).length
  await writeReadings(log, count)
  const frames = (await allFrames(log)).slice(before)
  const sent = frames.reduce((total, frame) => total + frame.length, 0)
  return { frame: sent / count, snapshot: A.save(await log.read(LABEL)).length / count }
}
