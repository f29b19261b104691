import type { RouteDefinition } from '@solidjs/router'
import { expect, test } from 'vitest'
import { ROUTES_EMPTY, ROUTES_LOCKED, ROUTES_OPEN } from '#app/ui/routes.tsx'
import {
  CONTACT_PAGES,
  DOOR_PAGES,
  KEPT_PAGES,
  LEADING_ON,
  LOCKED_PAGES,
  OWN_PAGES,
  OWN_SEEN_ELSEWHERE,
  SEEN_ELSEWHERE,
  SHARED_PAGES,
  TOGETHER_PAGES,
  TOGETHER_SEEN_ELSEWHERE,
} from '#tests/browser/every-page.ts'

/** The addresses of all pages, with those below others. */
function flat(routes: readonly RouteDefinition[], base = ''): string[] {
  const found = routes.flatMap(({ path, children }) => {
    const paths = [path ?? ''].flat().map(one => (one === '/' && base !== '' ? base : `${base}${one}`))
    if (children === undefined) return paths
    return paths.flatMap(one => flat([children].flat(), one))
  })
  return [...new Set(found)].toSorted()
}

const below = (base: string, pages: object) => Object.keys(pages).map(path => (path === '/' ? base : `${base}${path}`))

test('ROUTES_OPEN has no page that the browser tests do not look at', () => {
  const together = { ...TOGETHER_PAGES, ...TOGETHER_SEEN_ELSEWHERE }
  const kept = { ...KEPT_PAGES, ...CONTACT_PAGES, ...SEEN_ELSEWHERE, ...together }
  const listed = [
    ...Object.keys({ ...OWN_PAGES, ...CONTACT_PAGES, ...SEEN_ELSEWHERE, ...OWN_SEEN_ELSEWHERE, ...together }),
    ...below('/shared/:shareId', SHARED_PAGES),
    ...below('/kept/:keptId', kept),
    ...below('/kept/:keptId/shared/:shareId', SHARED_PAGES),
    ...LEADING_ON,
  ]
  expect(flat(ROUTES_OPEN)).toEqual(listed.toSorted())
})

test('ROUTES_EMPTY and ROUTES_LOCKED have none either', () => {
  expect(flat(ROUTES_EMPTY)).toEqual(Object.keys(DOOR_PAGES).toSorted())
  expect(flat(ROUTES_LOCKED)).toEqual(Object.keys(LOCKED_PAGES).toSorted())
})
