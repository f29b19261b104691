import { NONE_HERE } from './ccda-files.ts'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Session } from '#app/core/session.ts'
import { isObject, objectsOf } from '#schema/record/fhir/json.ts'
import { type LoopRelay, startLoopRelay } from '#tests/support/loop-link.ts'
import { startDevice, type TestDevice } from '#tests/support/test-device.ts'
import { makeTestClock } from '#tests/support/test-clock.ts'

const ROOT = join(process.env['WELLKEEP_CORPUS'] ?? join(import.meta.dirname, '../../../shared/data'), 'synthea')
const FILES = existsSync(ROOT) ? readdirSync(ROOT).filter(name => /\.(json|phr)(\.gz)?$/.test(name)) : []
const PERSON = { personName: 'Corpus', birthDate: '1970', passphrase: 'corpus corpus corpus', deviceName: 'test' }

let relay: LoopRelay
let device: TestDevice

beforeEach(async () => {
  const clock = makeTestClock()
  relay = await startLoopRelay({ now: () => clock.now() })
  device = await startDevice(relay)
  device.setOnline(false)
  await device.session.createRecord(PERSON)
})

afterEach(async () => {
  device.host.dispose()
  await relay.stop()
})

/** Every resource of a Bundle or of NDJSON, as sorted JSON texts. */
function resourceTexts(text: string): string[] {
  const values =
    text.startsWith('{"resourceType":"Bundle"') || /^\s*\{\s*"resourceType"\s*:\s*"Bundle"/.test(text)
      ? objectsOf((JSON.parse(text) as { readonly entry?: unknown }).entry).map(entry => entry['resource'])
      : text
          .split('\n')
          .filter(line => line.trim() !== '')
          .map(line => JSON.parse(line) as unknown)
  return values
    .filter(isObject)
    .map(value => JSON.stringify(value))
    .toSorted()
}

test.skipIf(FILES.length === 0).each(FILES.length === 0 ? [NONE_HERE] : FILES)(
  '%s comes in whole, only once, and goes out and away again',
  async name => {
    const { session } = device
    const bytes = readFileSync(join(ROOT, name))
    const file = new Blob([bytes])
    const expected = resourceTexts((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'))

    const preview = await session.previewImport(file, name)
    if (!preview.ok) throw new Error(preview.failure.kind)
    const countOf = (reasons: typeof preview.value.unusable) => reasons.reduce((total, each) => total + each.count, 0)
    const unusable = countOf(preview.value.unusable)
    // The same resource twice in one file is kept once: it is there, so it goes out again.
    const lost = countOf(preview.value.unusable.filter(each => each.reason !== 'duplicate'))
    expect(preview.value.newCount + unusable).toBe(expected.length)
    expect(await session.commitImport(preview.value.importId)).toEqual({
      ok: true,
      value: { added: preview.value.newCount },
    })

    const again = await session.previewImport(file, name)
    if (!again.ok) throw new Error(again.failure.kind)
    expect(again.value.newCount).toBe(0)

    const exported = new Set(resourceTexts(await exportedText(session)))
    expect(expected.filter(text => !exported.has(text))).toHaveLength(lost)
    const rows = await session.timelineRows({}, 0, 100_000)
    expect(rows).toHaveLength(preview.value.newCount)

    const undone = await session.undoImport(preview.value.importId)
    expect(undone).toEqual({ ok: true, value: { removed: preview.value.newCount } })
    expect(await session.timelineRows({}, 0, 10)).toEqual([])
  },
)

async function exportedText(session: Session): Promise<string> {
  const exported = await session.exportFhir({ passphrase: PERSON.passphrase })
  if (!exported.ok) throw new Error(exported.failure.kind)
  return exported.value.text()
}
