import { expect, test } from 'vitest'
import { invalidSetting, readSettings, type SettingsDocument, writeSettings } from '#app/core/home/person-document.ts'

const OLD = '2026-01-02  results.e0.ab.k1'
const ONE = '2026-11-02  results.e0.ab.k2'
const KEPT = '2026-11-03 /kept/ab12 results.e0.ab.k3'

test('results that were shown are fields of their own: two devices’ unite, and old ones are forgotten', () => {
  const doc: SettingsDocument = {}
  writeSettings(doc, { explainsResults: true, shownResults: [OLD] })
  const there = { ...doc }
  writeSettings(there, { shownResults: [OLD, KEPT] })
  writeSettings(doc, { shownResults: [ONE] })
  expect(readSettings(doc)).toMatchObject({ explainsResults: true, shownResults: [ONE] })
  expect(readSettings({ ...there, ...doc }).shownResults).toEqual([OLD, ONE, KEPT])
  expect(readSettings({ 'shown nonsense': 1, 'shown ': 1, explainsResults: 'yes' })).toMatchObject({
    explainsResults: false,
    shownResults: [],
  })
})

test('invalidSetting() takes no name of a result that this app does not make', () => {
  expect(invalidSetting({ explainsResults: true, shownResults: [ONE, KEPT] })).toBeUndefined()
  expect(invalidSetting({ shownResults: ['x'] })).toBe('shownResults')
  expect(invalidSetting({ shownResults: Array.from({ length: 501 }, () => ONE) })).toBe('shownResults')
})
