import { type PlainKey, t } from '../language/language.ts'
import { useRecordPath, useSettings, useVault, useViews } from '../session.ts'
import { isPracticeIn } from './is-practice.ts'

/** Whoever came from where one chooses what to write wants to see what has become of it. */
const CHOICE = /\/(add|import)$/

/** Where a form leads: to the page of the record that it was opened from, which stays in memory alone. */
export function useWayOut() {
  const views = useViews()
  return {
    /** For "Back". `parent` is for who came by the form’s address. */
    back: (parent: string) => ({ href: views.cameFrom() ?? parent }),
    /** Once it is saved; `made` is the page of what was. */
    onward(made: string): string {
      const page = views.cameFrom()
      return page === undefined || CHOICE.test(page) ? made : page
    },
  }
}

/** Places that have one name everywhere. */
const NAMES = {
  '/messages': 'messages.title',
  '/patients': 'patients.title',
  '/learn': 'learn.title',
  '/news': 'news.title',
} as const satisfies Record<string, PlainKey>
type NamedPlace = keyof typeof NAMES

/** Where a request or a thread leads: to the page that it was opened from. `parent` is for who came by its address. */
export function useWayBack() {
  const views = useViews()
  const to = useRecordPath()
  const vault = useVault()
  const settings = useSettings()
  const hasPatients = () => isPracticeIn(vault()) || settings().looksAfterPatients
  return (parent: NamedPlace) => {
    const href = views.lastPlace() ?? to(parent === '/patients' && !hasPatients() ? '/messages' : parent)
    const name = (Object.keys(NAMES) as NamedPlace[]).find(path => to(path) === href)
    return name === undefined ? { href } : { href, label: t(NAMES[name]) }
  }
}
