import type { Person } from './person.ts'
import { visit } from './visit.ts'

/** One of the main pages: where it is, or how one comes to it, and what stands on it once it is there. */
interface MainPage {
  readonly name: string
  readonly path?: string
  readonly come?: (person: Person) => Promise<void>
  readonly ready: string
}

const follow = (path: string, link: string) => async (person: Person) => {
  await visit(person.page, path)
  await person.page.locator(link).first().click()
}

export const MAIN_PAGES: readonly MainPage[] = [
  { name: 'home', path: '/', ready: 'main section' },
  { name: 'record', path: '/record', ready: 'main li a' },
  { name: 'timeline', path: '/timeline', ready: 'main li a' },
  { name: 'entry', come: follow('/timeline', 'main li a'), ready: 'main dl' },
  { name: 'results', path: '/results', ready: 'main li a' },
  { name: 'result', come: follow('/results', 'main a[href^="/results/"]'), ready: 'main svg' },
  { name: 'track', path: '/track', ready: 'main a' },
  { name: 'blood-pressure', path: '/track/blood-pressure', ready: 'main svg' },
  { name: 'medicines', path: '/medicines', ready: 'main li' },
  { name: 'add', path: '/add', ready: 'main a' },
  { name: 'emergency-card', path: '/card', ready: 'main li:has-text("Penicillin")' },
  { name: 'bring-in', come: bringIn, ready: 'main table, main li' },
]

/** The preview of a file that a clinic might have given. */
async function bringIn(person: Person): Promise<void> {
  const copy = JSON.stringify(await person.exportAll(''))
  await person.offerFile({ name: 'my-clinic.json', text: copy.replaceAll('"id":"', '"id":"n') })
}

/** Answers once the page stands there. */
export async function comeTo(person: Person, { path, come, ready }: MainPage): Promise<void> {
  await (path === undefined ? come?.(person) : visit(person.page, path))
  await person.page.locator(ready).first().waitFor()
}
