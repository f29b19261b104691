import type { Page } from 'playwright'
import { visit } from './visit.ts'

/** By links from another page; and from an entry’s on to one of its own, to which not every entry has a link. */
interface Path {
  readonly from: string
  readonly links: readonly string[]
  readonly on?: (entry: string) => string
}

/** How one comes to a page: by its addresses, or, where a name is in them, from another one. */
type Way = readonly string[] | Path

/** Every page of a record, by its route. */
type Pages = Readonly<Record<string, Way>>

const ENTRY = 'main a[href*="/entry/"]'
const RESULT = 'main a[href*="/results/"]'
const EDIT = 'a[href$="/edit"]'
const withMedicine = (what: string) => (entry: string) => `${entry.replace('/entry/', '/medicines/')}/${what}`
const MEDICINE = { from: '/record/medicines', links: [ENTRY] } as const

const KINDS = [
  'blood-pressure',
  'weight',
  'measure',
  'symptom',
  'medicine',
  'condition',
  'allergy',
  'goal',
  'task',
  'appointment',
  'note',
  'lab-result',
  'visit',
  'immunization',
  'procedure',
  'device',
  'family-member',
  'social-history',
  'functional-status',
  'pregnancy',
  'care-team-member',
  'coverage',
  'directive',
].map(kind => `/add/${kind}`)

/** Those that a record has wherever it is looked at. */
const READ = {
  '/': ['/'],
  '/timeline': ['/timeline'],
  '/track': ['/track'],
  '/track/symptoms': ['/track/symptoms'],
  '/track/device': ['/track/device'],
  '/track/growth': ['/track/growth'],
  '/track/:measure': ['/track/blood-pressure', '/track/weight'],
  '/record': ['/record'],
  '/record/:section': ['/record/problems', '/record/immunizations', '/record/documents', '/record/coverage'],
  '/more': ['/more'],
  '/results': ['/results'],
  '/results/:id': { from: '/results', links: [RESULT] },
  '/plan': ['/plan'],
  '/changed': ['/changed'],
  '/questionnaires': ['/questionnaires'],
  '/medicines': ['/medicines'],
  '/learn': ['/learn'],
  '/learn/:key': { from: '/learn', links: ['main a[href*="/learn/"]'] },
  '/entry/:id': { from: '/record/problems', links: [ENTRY] },
} satisfies Pages

/** Those of who may change it. */
const CHANGE = {
  '/questionnaires/:id': ['/questionnaires/phq-9'],
  '/entry/:id/note': { ...MEDICINE, on: entry => `${entry}/note` },
  '/entry/:id/edit': { ...MEDICINE, links: [ENTRY, EDIT] },
  '/add': ['/add'],
  '/add/document': ['/add/document'],
  '/add/:kind': KINDS,
  '/medicines/:id/dose': { ...MEDICINE, on: withMedicine('dose') },
  '/medicines/:id/stock': { ...MEDICINE, on: withMedicine('stock') },
} satisfies Pages

/** Those of who looks after a whole record, one’s own or a kept one. */
const MANAGE = {
  '/import': ['/import'],
  '/take-out': ['/take-out'],
  '/take-out/doctor': ['/take-out/doctor'],
  '/take-out/links': ['/take-out/links'],
  '/take-out/link': ['/take-out/link'],
  '/card': ['/card'],
  '/late': ['/late'],
  '/seen-twice': ['/seen-twice'],
  '/bin': ['/bin'],
  '/kit': ['/kit'],
  '/people': ['/people'],
  '/meet': ['/meet'],
  '/who-looked': ['/who-looked'],
} satisfies Pages

/** Where people write to each other; of a record that one keeps, the same pages ask that one, and are looked at as one’s own. */
export const TOGETHER_PAGES: Pages = {
  '/messages': ['/messages'],
  '/messages/new': ['/messages/new'],
  '/messages/refill': ['/messages/refill'],
  '/messages/question': ['/messages/question'],
  '/messages/correction': ['/messages/correction'],
  '/messages/questionnaire': ['/messages/questionnaire'],
  '/messages/copy': ['/messages/copy'],
  '/messages/free-times': ['/messages/free-times'],
  '/messages/appointment': ['/messages/appointment'],
  '/patients': ['/patients'],
  '/patients/answers': ['/patients/answers'],
  '/patients/materials': ['/patients/materials'],
}

/** Of one’s own record, with nobody else in it. */
export const OWN_PAGES: Pages = {
  ...READ,
  ...CHANGE,
  ...MANAGE,
  ...TOGETHER_PAGES,
  '/clinics': ['/clinics'],
  '/devices': ['/devices'],
  '/devices/add': ['/devices/add'],
  '/kit/practice': ['/kit/practice'],
  '/backup': ['/backup'],
  '/server': ['/server'],
  '/settings': ['/settings'],
  '/news': ['/news'],
  '/circles': ['/circles'],
  '/circles/new': ['/circles/new'],
  '/circles/join': ['/circles/join'],
  '/take-over': ['/take-over'],
  '/keep': ['/keep'],
  '*': ['/nowhere'],
}

/** By their order in so many lots, each for a test of its own: axe takes seconds for each of them, on a busy machine many. */
export function inLots(pages: Pages, lots: number): readonly Pages[] {
  const entries = Object.entries(pages)
  const size = Math.ceil(entries.length / lots)
  return Array.from({ length: lots }, (_, lot) => Object.fromEntries(entries.slice(lot * size, (lot + 1) * size)))
}

const CONTACT = 'main a[href*="/people/"]'
const SHARE = 'main a[href$="/share"]'

/** About somebody to whom one gives a part of it. */
export const CONTACT_PAGES: Pages = {
  '/people/:contactId': { from: '/people', links: [CONTACT] },
  '/people/:contactId/share': { from: '/people', links: [CONTACT, SHARE] },
  '/people/:contactId/share/:shareId': { from: '/people', links: [CONTACT, 'main a[href*="/share/"]'] },
}

/** Of a record that one keeps for somebody, below its address. */
export const KEPT_PAGES: Pages = {
  ...READ,
  ...CHANGE,
  ...MANAGE,
  '/guardians': ['/guardians'],
  '/hand-over': ['/hand-over'],
}

/** Of a record that somebody shares, with who may see and add, below its address. */
export const SHARED_PAGES: Pages = { ...READ, ...CHANGE, '/summary': ['/summary'], '/copy': ['/copy'] }

/** Before there is a record, and while it is locked. */
export const DOOR_PAGES: Pages = {
  '/create': ['/create'],
  '/recover': ['/recover'],
  '/restore': ['/restore'],
  '/pair': ['/pair'],
  '*': ['/'],
}
export const LOCKED_PAGES: Pages = { '/recover': ['/recover'], '/emergency': ['/emergency'], '*': ['/'] }

/** Reached only while something lasts, by the tests that are named. */
export const SEEN_ELSEWHERE = {
  '/people/invitation/:id': 'accessible-people.test.ts: while an invitation is open',
  '/people/:contactId/share/entry/:id': 'sharing.test.ts: an entry in the preview of a share',
  '/people/:contactId/share/:shareId/entry/:id': 'as the one before, by the same page',
} as const

/** As those, about whoever has the app, and never below a record that one keeps for somebody. */
export const OWN_SEEN_ELSEWHERE = {
  '/people/:contactId/manage': 'keeping-together.test.ts',
  '/circles/:keptId': 'circles.test.ts: a circle of two',
  '/circles/:keptId/members': 'circles.test.ts: who asks is let in',
  '/circles/:keptId/post/:postId': 'circles.test.ts: a comment',
} as const

/** As those of `TOGETHER_PAGES`. */
export const TOGETHER_SEEN_ELSEWHERE = {
  '/patients/:contactId/write': 'additions.test.ts: what a doctor can write',
  '/patients/:contactId/write/:kind': 'additions.test.ts: a lab result',
  '/patients/:contactId/change/:shareId/:entryId': 'additions.test.ts: a medicine that is stopped',
  '/messages/:conversationId/:threadId': 'messages.test.ts: a thread of two',
  '/messages/:conversationId/request/:requestId/answer':
    'questionnaire.test.tsx of the UI tests: one that somebody sent',
  '/messages/:conversationId/request/:requestId': 'refill.test.ts: a refill from both sides',
} as const

/** Where an open record has no page of its own: they lead on to another. */
export const LEADING_ON = ['/create', '/recover', '/restore', '/pair', '/emergency'] as const

/** `isAnother` page of a route that was looked at before: the same parts, other words. */
type Look = (where: string, isAnother: boolean) => Promise<readonly string[]>

/** Comes to each page of the record at `base`, and answers what `look` finds there. */
export async function lookAtPages(page: Page, pages: Pages, look: Look, base = ''): Promise<string[]> {
  const finds: string[] = []
  for (const [route, way] of Object.entries(pages)) {
    const starts = 'from' in way ? [way.from] : way
    for (const [index, start] of starts.entries()) {
      await settleAt(page, base !== '' && start === '/' ? base : `${base}${start}`)
      if ('from' in way) await goOn(page, way)
      finds.push(...(await look(`${base}${'from' in way ? route : start}`, index > 0)))
    }
  }
  return finds
}

/** Whatever the language. */
async function settleAt(page: Page, path: string): Promise<void> {
  await visit(page, path)
  await settled(page)
}

async function goOn(page: Page, { links, on }: Path): Promise<void> {
  for (const link of links) await follow(page, link)
  if (on !== undefined) await settleAt(page, on(new URL(page.url()).pathname))
}

async function follow(page: Page, link: string): Promise<void> {
  const before = page.url()
  await page.locator(link).first().click()
  await page.waitForURL(url => url.href !== before)
  await settled(page)
}

async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForTimeout(150)
}
