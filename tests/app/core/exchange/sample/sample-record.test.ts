import { beforeAll, expect, test } from 'vitest'
import { readImportFile } from '#app/core/exchange/read-import-file.ts'
import { sampleRecord } from '#app/core/exchange/sample/sample-record.ts'
import { doseEvents } from '#app/core/exchange/sample/typed.ts'
import { fillSample } from '#app/core/fill-sample.ts'
import { instant } from '#schema/instant.ts'
import type { EntryId, EntryKind } from '#schema/record/entry.ts'
import { at } from '#schema/record/fhir/json.ts'
import { parseFields } from '#schema/record/own-entry.ts'
import { SECTIONS } from '#schema/record/sections.ts'
import { bundleOf, largeRecord } from '#tests/support/fhir-fixtures.ts'
import { strayReferences, validityFaults } from '#tests/support/validity/fhir-validity.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { makeWorld } from '../../record/record-world.ts'

beforeAll(readyCrypto)

const NOW = instant(Date.UTC(2026, 5, 1, 12))
const SAMPLE = sampleRecord(7, NOW)
const MEDICINE = 'medicines.e0.0badcafe~0.00000001' as EntryId
const read = async (text: string) => {
  const file = await readImportFile(new TextEncoder().encode(text), 'sample.json')
  if (!file.ok) throw new Error(file.failure.kind)
  return file.value
}

test('sampleRecord() is the same for the same seed and another for another', () => {
  expect(sampleRecord(7, NOW)).toEqual(SAMPLE)
  expect(sampleRecord(8, NOW).bundle).not.toBe(SAMPLE.bundle)
})

test('the sample is valid FHIR R4, all of it marked as test data', () => {
  const { bundle, resources } = bundleOf(SAMPLE.bundle)
  expect(validityFaults(bundle)).toEqual([])
  expect(strayReferences(bundle)).toEqual([])
  expect(resources.every(resource => at(resource, 'meta', 'security', 'code') === 'HTEST')).toBe(true)
})

test('the sample imports without a remark and has something in every section but the typed ones', async () => {
  const file = await read(SAMPLE.bundle)
  expect(file.unusable).toEqual([])
  expect(file.resources.flatMap(resource => resource.remarks)).toEqual([])
  expect(file.person).toEqual(SAMPLE.person)
  const sections = new Set(file.resources.map(resource => resource.parts.section))
  expect(SECTIONS.filter(section => !sections.has(section))).toEqual(['story', 'other'])
  expect(file.resources.every(resource => resource.parts.title !== '')).toBe(true)
})

test('nothing of the sample lies in the future, and what is typed is as people type it', async () => {
  const file = await read(SAMPLE.bundle)
  expect(file.resources.filter(({ parts }) => (parts.when?.sortAt ?? 0) > NOW)).toEqual([])
  const events = SAMPLE.entries.flatMap(fields => doseEvents({ seed: 7, now: NOW }, fields, MEDICINE))
  for (const fields of [...SAMPLE.entries, ...events]) expect(parseFields(fields)).toEqual({ ok: true, value: fields })
})

test('each medicine of the sample that is taken at times has a box and four weeks of doses from it', () => {
  const events = SAMPLE.entries
    .map(fields => doseEvents({ seed: 7, now: NOW }, fields, MEDICINE))
    .filter(found => found.length > 0)
  expect(events).toHaveLength(2)
  for (const [box, ...doses] of events) {
    expect(box).toMatchObject({ kind: 'stock', change: 'fetched', amount: 60 })
    expect(doses).toHaveLength(28)
    expect(doses.every(dose => dose.kind === 'dose' && dose.medicineId === MEDICINE)).toBe(true)
  }
})

test('largeRecord() has as many resources as asked for', async () => {
  const file = await read(largeRecord(1, 500))
  expect(file.resources).toHaveLength(500)
  expect(largeRecord(1, 500)).toBe(largeRecord(1, 500))
})

test('fillSample() makes a plan: tasks with what was done, an appointment to come, questions, and what belongs together', async () => {
  const device = await (await makeWorld()).device()
  const at = { seed: 7, now: instant(device.clock.now()) }
  await fillSample(device.record, sampleRecord(at.seed, at.now), at)
  const rows = async (...kinds: EntryKind[]) => device.record.timelineRows({ kinds }, 0, 100)
  expect(await rows('task')).toHaveLength(3)
  expect(await rows('task-done')).toHaveLength(18)
  const coming = (await rows('visit')).filter(({ when }) => (when?.sortAt ?? 0) > at.now)
  expect(coming.map(({ title }) => title)).toEqual(['Diabetes follow-up'])
  expect((await device.record.keptText('visit-questions')).split('\n')).toHaveLength(2)
  const conditions = new Map((await rows('condition')).map(({ id, title }) => [id as string, title]))
  const all = new Map((await rows('medicine', 'goal', 'task')).map(({ id, title }) => [id as string, title]))
  const links = (await rows('link')).map(({ link }) => [
    conditions.get(link?.conditionId ?? ''),
    all.get(link?.target ?? '') ?? link?.target,
  ])
  expect(links.map(([condition, target]) => `${condition}: ${target}`).toSorted()).toMatchInlineSnapshot(`
    [
      "Essential (primary) hypertension: lisinopril 10 MG Oral Tablet",
      "Essential (primary) hypertension: measure:blood-pressure",
      "Type 2 diabetes mellitus without complications: 24 HR metformin hydrochloride 500 MG Extended Release Oral Tablet",
      "Type 2 diabetes mellitus without complications: Hemoglobin A1c below 7 %",
      "Type 2 diabetes mellitus without complications: Look at my feet",
      "Type 2 diabetes mellitus without complications: measure:weight",
    ]
  `)
})
