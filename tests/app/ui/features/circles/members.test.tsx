import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { AsksIn } from '#app/core/circle-session.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { circleOf, circleSession, FOX, memberOf, OWL, postOf, SAID_AT } from './circles-session.ts'

const MEMBERS = '/circles/c1/members'
const owl = { ...OWL, isYou: true }
const asking = (name: string, one: Partial<AsksIn> = {}): AsksIn => ({
  contactId: `contact-${name}`,
  name,
  isAlike: false,
  askedAt: SAID_AT,
  ...one,
})

test('who comes back with new keys is let in in place of whom they were, by the owner’s choice', async () => {
  const [fox, elk] = [memberOf('Fox'), memberOf('Elk')]
  const { session, room } = circleSession(
    circleOf({
      you: owl,
      members: [owl, elk, fox],
      asking: [asking('fox (2)', { isAlike: true, namesake: 'fox' }), asking('Otter')],
    }),
  )
  const { root } = drawPage(MEMBERS, session)
  await page.getByRole('button', { name: 'Otter was here before' }).click()
  const dialog = page.getByRole('dialog', { name: 'Let Otter in again?' })
  await expect.element(dialog.getByText(/nobody here can tell that it is the same person/)).toBeVisible()
  // Nobody is removed whom nobody chose.
  expect(dialog.getByRole('button', { name: /^Let in/ }).elements()).toEqual([])
  expect(await axeFindings(root)).toEqual([])
  await dialog.getByText('Elk').click()
  await dialog.getByRole('button', { name: 'Let in and remove the old Elk' }).click()
  await expect.element(dialog).not.toBeInTheDocument()
  await page.getByRole('button', { name: 'fox (2) was here before' }).click()
  await page.getByRole('button', { name: 'Let in and remove the old Fox' }).click()
  await expect
    .poll(() => room.circleDeeds)
    .toEqual([
      ['letIn', 'contact-Otter', 'elk'],
      ['letIn', 'contact-fox (2)', 'fox'],
    ])
})

test('who asks stands with the note of their link and since when; of whom is called as a member the owner is told how they would stand', async () => {
  const fox = memberOf('Fox')
  const { session } = circleSession(
    circleOf({
      you: owl,
      members: [owl, fox],
      asking: [asking('Fox (2)', { isAlike: true, namesake: 'fox', forWhom: 'Bea' }), asking('Otter')],
    }),
  )
  const { root } = drawPage(MEMBERS, session)
  const [first, second] = [page.getByRole('listitem').filter({ hasText: 'Fox (2)' }), page.getByRole('listitem')]
  await expect.element(first.getByText('With your link for Bea')).toBeVisible()
  await expect.element(first.getByText(/^Asked /)).toBeVisible()
  await expect
    .element(first.getByText(/called so already, or nearly so: they would stand as “Fox \(2\)”/))
    .toBeVisible()
  await expect.element(first.getByRole('button', { name: 'Let in: Fox (2)' })).toBeVisible()
  expect(
    second
      .filter({ hasText: 'Otter' })
      .getByText(/called so already/)
      .elements(),
  ).toEqual([])
  expect(await axeFindings(root)).toEqual([])
})

test('a name that somebody here has is refused beside the field, and whoever stands with a number is told why', async () => {
  const { session, room } = circleSession(
    circleOf({ you: memberOf('Fox (2)', { isYou: true }), chosenName: 'Fox', members: [OWL, memberOf('Fox')] }),
  )
  drawPage(MEMBERS, session)
  await expect.element(page.getByText(/^Somebody else here is called so.*you stand as “Fox \(2\)”/)).toBeVisible()
  const name = page.getByLabelText('What you are called here')
  await expect.element(name).toHaveValue('Fox')
  await name.fill('owl')
  room.nextCircleFailure = { kind: 'name-taken' }
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.element(name).toHaveAccessibleDescription(/Somebody here is called so already, or nearly so/)
  expect(room.circleDeeds).toEqual([])
})

test('a report says whose words it is about, quotes them and leads to them', async () => {
  const [fox, elk] = [memberOf('Fox'), memberOf('Elk')]
  const report = { saidId: 's1', postId: 'p1', saidBy: elk, excerpt: 'Buy my cure', by: fox, why: 'Sells', at: SAID_AT }
  const { session } = circleSession(
    circleOf({
      you: owl,
      members: [owl, elk, fox],
      reports: [report, { ...report, saidId: 's2', postId: 'p2', excerpt: '', why: '' }],
    }),
  )
  const { root } = drawPage(MEMBERS, session)
  const [first, second] = [page.getByRole('listitem').nth(0), page.getByRole('listitem').nth(1)]
  await expect.element(first.getByText('Elk said: Buy my cure')).toBeVisible()
  await expect.element(first.getByText('Fox reported it: Sells')).toBeVisible()
  await expect.element(second.getByText('Elk said: Something without words: a photo, a file or a chart.')).toBeVisible()
  await expect.element(second.getByText('Fox reported this, without saying why.')).toBeVisible()
  await expect.element(first.getByRole('link', { name: 'Look at it' })).toHaveAttribute('href', '/circles/c1/post/p1')
  expect(await axeFindings(root)).toEqual([])
})

test('who moderates reads that they do and what they may; who stops somebody moderating is asked first', async () => {
  const fox = memberOf('Fox', { role: 'moderator' })
  const { session, room } = circleSession(circleOf({ you: owl, members: [owl, fox] }))
  const first = drawPage(MEMBERS, session)
  await page.getByRole('button', { name: 'Stop Fox moderating' }).click()
  const dialog = page.getByRole('dialog', { name: 'Stop Fox moderating?' })
  await expect.element(dialog.getByText(/What they took down of others is shown again/)).toBeVisible()
  expect(room.circleDeeds).toEqual([])
  await dialog.getByRole('button', { name: 'Stop moderating' }).click()
  await expect.poll(() => room.circleDeeds).toEqual([['chooseModerators', []]])
  first.root.remove()
  const you = { ...fox, isYou: true }
  room.circle.set(circleOf({ you, members: [OWL, you] }))
  const second = drawPage(MEMBERS, session)
  await expect.element(page.getByText('you · moderator')).toBeVisible()
  second.root.remove()
  drawPage('/circles/c1', session)
  await expect.element(page.getByText(/^You moderate here: you see what members report/)).toBeVisible()
})

test('what is taken down says by whom, and who reported something reads that in place of the way to do so', async () => {
  const { session, room } = circleSession()
  const elk = memberOf('Elk')
  room.posts.set({
    posts: [
      postOf('p1', { by: elk, takenDownBy: 'moderator', text: '' }),
      postOf('p2', { by: elk, takenDownBy: 'writer', text: '' }),
      postOf('p3', { by: elk, takenDownBy: 'owner', text: '' }),
      postOf('p4', { by: elk, isReported: true }),
    ],
    count: 4,
  })
  drawPage('/circles/c1', session)
  await expect.element(page.getByText('Taken down by somebody who moderates.')).toBeVisible()
  await expect.element(page.getByText('Taken down by whoever wrote it.')).toBeVisible()
  await expect.element(page.getByText('Taken down by who started the circle.')).toBeVisible()
  await expect.element(page.getByText('You reported this.')).toBeVisible()
  await page.getByRole('button', { name: 'More about what Elk said' }).last().click()
  await expect.element(page.getByRole('button', { name: 'Hide it from me' })).toBeVisible()
  expect(page.getByRole('button', { name: 'Report it' }).elements()).toEqual([])
})

test('while nobody else is in, nobody can have been here before', async () => {
  const { session } = circleSession(circleOf({ you: owl, members: [owl], asking: [asking('Otter')] }))
  drawPage(MEMBERS, session)
  await expect.element(page.getByRole('button', { name: 'Let in: Otter' })).toBeVisible()
  expect(page.getByRole('button', { name: /was here before/ }).elements()).toEqual([])
})

test('with several links open, the owner sees whom each is for, shows one at a time, and ends each', async () => {
  const { session, room } = circleSession(circleOf({ you: owl, members: [owl] }))
  const { root } = drawPage(MEMBERS, session)
  await page.getByLabelText('Who is it for? (optional)').fill('Bea')
  await page.getByRole('button', { name: 'Invite somebody' }).click()
  await expect.poll(() => room.people.value.invitations.length).toBe(1)
  const [first] = room.people.value.invitations
  expect(room.circleDeeds).toEqual([['noteInvitation', first?.invitationId, 'Bea']])
  room.circle.set(circleOf({ you: owl, members: [owl], invitedFor: { [first?.invitationId ?? '']: 'Bea' } }))
  await expect.element(page.getByRole('textbox', { name: 'Link', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Invite somebody' }).click()
  await expect.element(page.getByRole('button', { name: 'Show the link: For somebody' })).toBeVisible()
  expect(page.getByRole('textbox', { name: 'Link', exact: true }).elements()).toHaveLength(1)
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'End it: Bea' }).click()
  await expect.element(page.getByRole('button', { name: 'Show the link: Bea' })).not.toBeInTheDocument()
  expect(room.people.value.invitations).toHaveLength(1)
})

test('with the keyboard alone: what was pressed goes, and the focus stays where it was or comes to the title', async () => {
  const { session, room } = circleSession(circleOf({ you: owl, members: [owl], asking: [asking('Otter')] }))
  const first = drawPage(MEMBERS, session)
  const letIn = page.getByRole('button', { name: 'Let in: Otter' })
  await expect.element(letIn).toBeVisible()
  letIn.element().focus()
  await userEvent.keyboard('{Enter}')
  room.circle.set(circleOf({ you: owl, members: [owl, FOX] }))
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveFocus()
  first.root.remove()
  room.posts.set({ posts: [postOf('p1', { by: memberOf('Elk') })], count: 1 })
  drawPage('/circles/c1', session)
  const more = page.getByRole('button', { name: 'More about what Elk said' })
  await expect.element(more).toBeVisible()
  more.element().focus()
  await userEvent.keyboard('{Enter}{Tab}{Enter}')
  room.posts.set({ posts: [postOf('p1', { by: memberOf('Elk'), isHidden: true })], count: 1 })
  await expect.element(page.getByText(/^You hid this/)).toBeVisible()
  await expect.element(page.getByRole('article')).toHaveFocus()
  await userEvent.keyboard('{Tab}')
  await expect.element(page.getByRole('button', { name: 'Show again' })).toHaveFocus()
})
