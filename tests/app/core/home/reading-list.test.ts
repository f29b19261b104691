import { expect, test } from 'vitest'
import { invalidSetting, readSettings, type SettingsDocument, writeSettings } from '#app/core/home/person-document.ts'

test('marks on topics are fields of their own: two devices’ unite, and one taken away is gone', () => {
  const doc: SettingsDocument = {}
  writeSettings(doc, { reading: [{ topic: 'asthma', mark: 'later' }] })
  const there = { ...doc }
  writeSettings(there, { reading: [{ topic: 'statins', mark: 'later' }] })
  writeSettings(doc, { reading: [{ topic: 'asthma', mark: 'read' }], textSize: 'large' })
  expect(readSettings({ ...there, ...doc })).toMatchObject({
    textSize: 'large',
    reading: [
      { topic: 'asthma', mark: 'read' },
      { topic: 'statins', mark: 'later' },
    ],
  })
  writeSettings(doc, { reading: [{ topic: 'asthma', mark: 'none' }] })
  expect(readSettings(doc).reading).toEqual([])
})

test('what no version of the app wrote as a mark is none', () => {
  expect(readSettings({ 'topic asthma': 7, 'topic gout': 'read', 'topic ': 1, 'topic A B': 1 }).reading).toEqual([])
  expect(invalidSetting({ reading: [{ topic: 'of-a-later-version', mark: 'read' }] })).toBeUndefined()
  expect(invalidSetting({ reading: [{ topic: 'No Topic', mark: 'read' }] })).toBe('reading')
  expect(invalidSetting({ reading: [{ topic: 'asthma', mark: 'loved' as 'read' }] })).toBe('reading')
})
