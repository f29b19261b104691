import { expect, test } from 'vitest'
import { invalidSetting, readSettings, type SettingsDocument, writeSettings } from '#app/core/home/person-document.ts'

const PIN = ' 0123456789abcdef'
const OTHER = '/kept/ab12 fedcba9876543210'

test('pins are fields of their own: one device’s do not take away another’s', () => {
  const doc: SettingsDocument = {}
  writeSettings(doc, { pinnedTests: [PIN] })
  const there = { ...doc }
  writeSettings(there, { pinnedTests: [PIN, OTHER] })
  writeSettings(doc, { pinnedTests: [] })
  const together = {
    ...doc,
    ...Object.fromEntries(Object.entries(there).filter(([name]) => !Object.hasOwn(doc, name))),
  }
  expect(readSettings(together).pinnedTests).toEqual([OTHER])
  expect(readSettings({ ...doc, 'pin nonsense': 1 }).pinnedTests).toEqual([])
})

test('invalidSetting() names what no window of ours would ask for', () => {
  expect(invalidSetting({ pinnedTests: [PIN, OTHER], labUnits: 'molar', hidesNormalResults: true })).toBeUndefined()
  expect(invalidSetting({ pinnedTests: ['x'] })).toBe('pinnedTests')
  expect(invalidSetting({ pinnedTests: Array.from({ length: 300 }, () => PIN) })).toBe('pinnedTests')
  expect(invalidSetting({ labUnits: 'grains' as never })).toBe('labUnits')
})
