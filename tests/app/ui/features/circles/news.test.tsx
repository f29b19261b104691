import { expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { axeFindings, drawApp, drawPage } from '#tests/support/draw.tsx'
import { circleOf, circleSession, newsOf, postOf } from './circles-session.ts'

test('what is new in circles stands in the news, a line each, with a way to it, and counts', async () => {
  const { session, room } = circleSession()
  room.circleNews.set(newsOf({ askingCount: 1, reportCount: 2, postCount: 3, comments: [{ postId: 'p1', count: 1 }] }))
  const { root } = drawPage('/news', session)
  await expect.element(page.getByText('3 new posts')).toBeVisible()
  const lines = [...root.querySelectorAll('li a')].map(link => [link.getAttribute('href'), link.textContent])
  expect(lines).toEqual([
    ['/circles/c1/members', 'Living with asthma1 person asks to come in'],
    ['/circles/c1/members', 'Living with asthma2 reports'],
    ['/circles/c1', 'Living with asthma3 new posts'],
    ['/circles/c1/post/p1', 'Living with asthma1 new comment on what you said'],
  ])
  expect(await axeFindings(root)).toEqual([])
  root.remove()
  drawApp('/circles', session)
  await expect
    .element(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /More.*4 new/ }))
    .toBeVisible()
  await expect.element(page.getByRole('main').getByRole('link', { name: /Living with asthma.*4 new/ })).toBeVisible()
})

test('who was let in, or is out, is told so until they have been there', async () => {
  const { session, room } = circleSession()
  room.circleNews.set(newsOf({ isLetIn: true }))
  drawPage('/news', session)
  await expect.element(page.getByText('You were let in')).toBeVisible()
  room.circleNews.set(newsOf({ isModeratorNew: true }))
  await expect.element(page.getByText('You may moderate now')).toBeVisible()
  room.circleNews.set(newsOf({ isOver: true, isOverNew: true }))
  await expect.element(page.getByText('Over, or you are not in it any more')).toBeVisible()
  room.circleNews.set(newsOf({ isOver: true, isOverNew: true, whyOver: 'removed' }))
  await expect.element(page.getByText('You were removed')).toBeVisible()
  room.circleNews.set(newsOf({ isOver: true, isOverNew: true, whyOver: 'ended' }))
  await expect.element(page.getByText('Over: ended for all')).toBeVisible()
  room.circleNews.set(newsOf({ isOver: true }))
  await expect.element(page.getByText('Nothing is new', { exact: true })).toBeVisible()
})

test('a page that is seen is looked at, and a circle can be kept quiet', async () => {
  const { session, room } = circleSession()
  room.posts.set({ posts: [postOf('p1')], count: 1 })
  const first = drawPage('/circles/c1', session)
  await expect.element(page.getByText('How do you sleep?')).toBeVisible()
  await expect.poll(() => room.circleLooks).toEqual([undefined])
  room.posts.set({ posts: [postOf('p2'), postOf('p1')], count: 2 })
  await expect.poll(() => room.circleLooks).toEqual([undefined, undefined])
  first.root.remove()
  room.post.set({ ...postOf('p1'), comments: [] })
  const post = drawPage('/circles/c1/post/p1', session)
  await expect.element(page.getByText('How do you sleep?')).toBeVisible()
  await expect.poll(() => room.circleLooks.at(-1)).toBe('p1')
  post.root.remove()
  drawPage('/circles/c1/members', session)
  await page.getByRole('button', { name: 'Keep this circle quiet' }).click()
  await expect.poll(() => room.circleDeeds).toEqual([['muteCircle', true]])
  room.circle.set(circleOf({ isMuted: true }))
  await page.getByRole('button', { name: 'Tell me again what is new here' }).click()
  await expect.poll(() => room.circleDeeds.length).toBe(2)
})

test('who waits to be let in reads where and what comes next, and letters are looked for often meanwhile', async () => {
  const { session, room } = circleSession()
  room.circle.set(undefined)
  await room.keepDraft('circle/name', 'Living with asthma')
  const looks = vi.spyOn(room, 'checkMail')
  const { root } = drawPage('/circles', session)
  await expect.element(page.getByRole('heading', { name: 'You asked to come into “Living with asthma”' })).toBeVisible()
  await expect.element(page.getByText(/Once they have, it opens here/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await expect.poll(() => looks.mock.calls.length, { timeout: 8000 }).toBeGreaterThan(1)
  room.circle.set(circleOf())
  await expect.element(page.getByRole('link', { name: /Living with asthma/ })).toBeVisible()
  root.remove()
  room.circle.set(circleOf({ isOver: true, whyOver: 'removed' }))
  const over = drawPage('/circles/c1', session)
  await expect.element(page.getByText(/whoever started it removed you/)).toBeVisible()
  over.root.remove()
  room.circle.set(circleOf({ isOver: true }))
  drawPage('/circles/c1', session)
  await expect.element(page.getByText(/is over, or you are not in it any more/)).toBeVisible()
})
