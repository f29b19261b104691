import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

const PATHS = [
  '/',
  '/record',
  '/record/problems',
  '/timeline',
  '/results',
  '/track',
  '/track/blood-pressure',
  '/medicines',
  '/plan',
  '/card',
  '/changed',
  '/questionnaires',
  '/people',
  '/messages',
  '/messages/new',
  '/devices',
  '/settings',
  '/bin',
  '/take-out',
  '/take-out/doctor',
  '/take-out/link',
  '/take-out/links',
  '/import',
  '/backup',
  '/seen-twice',
  '/learn',
  '/more',
]

const CONTROLS = 'a[href], button, input, select, textarea, summary, [tabindex="0"]'

test.for(PATHS)('what has the focus on %s stays there when another device changes the record', async path => {
  const { session, root } = drawPage(path, new FakeSession())
  await expect.element(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
  await new Promise(resolve => setTimeout(resolve, 400))
  const lost: string[] = []
  const count = root.querySelectorAll(CONTROLS).length
  for (let place = 0; place < count; place++) {
    const control = root.querySelectorAll<HTMLElement>(CONTROLS)[place]
    control?.focus()
    // What is folded away or switched off takes no focus.
    if (control === undefined || document.activeElement !== control) continue
    await session.addEntry({ kind: 'note', title: 'Note', writtenAt: '2026-11-20', text: 'from elsewhere' })
    await new Promise(resolve => setTimeout(resolve, 50))
    if (document.activeElement !== control) lost.push(control.ariaLabel ?? control.textContent)
  }
  expect(count).toBeGreaterThan(0)
  expect(lost.join(' | ')).toBe('')
})
