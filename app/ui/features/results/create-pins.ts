import { useOwnSession, useRecordView, useSettings } from '../../session.ts'

/** Tests that this person wants to see first in the record on screen; theirs alone, whosever record it is. */
export function createPins() {
  const own = useOwnSession()
  const settings = useSettings()
  const { base } = useRecordView()
  const nameOf = (key: string) => `${base} ${key}`
  const isPinned = (key: string) => settings().pinnedTests.includes(nameOf(key))
  return {
    isPinned,
    async change(key: string, isOn: boolean): Promise<void> {
      const others = settings().pinnedTests.filter(name => name !== nameOf(key))
      await own.changeSettings({ pinnedTests: isOn ? [...others, nameOf(key)] : others })
    },
  }
}
