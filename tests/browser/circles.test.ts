import { afterAll, beforeAll, expect, test } from 'vitest'
import { look } from './look.ts'
import { SLOW } from './people-acts.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
let ana: Person
/** On a phone. */
let ben: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  ana = await Person.arrive(relay.origin)
  await ana.settleIn('Ana Example')
  ben = await Person.arrive(relay.origin, { viewport: { width: 360, height: 740 } })
  await ben.settleIn('Ben Sample')
  for (const person of [ana, ben]) person.troubles.expectCutNetwork()
})
afterAll(async () => {
  await ana?.leave()
  await ben?.leave()
  await relay.destroy()
})

const said = ({ page }: Person, text: string) => page.getByRole('article').filter({ hasText: text })

test('Ana starts a circle under another name, Ben asks to come in by her link, and she lets him', async () => {
  const { page } = ana
  await page.goto(`${relay.origin}/circles`)
  await ana.unlock()
  await page.getByText('No circle yet').waitFor(SLOW)
  await page.getByRole('link', { name: 'Start a circle' }).click()
  await page.getByLabel('What the circle is called').fill('Living with asthma')
  await ana.button('Start the circle').click()
  await page.getByText('Please fill this in.').first().waitFor()
  await page.getByLabel('What you are called here').fill('Owl')
  await page.getByRole('radio', { name: 'Bird' }).check({ force: true })
  await ana.button('Start the circle').click()
  await ana.heading('Living with asthma').waitFor(SLOW)
  await page.getByText('You are Owl here').waitFor()
  expect(await look(page, 'an empty circle')).toEqual([])

  await page.getByRole('link', { name: 'Members and rules' }).click()
  await ana.button('Invite somebody').click()
  const link = await page.getByRole('textbox', { name: 'Link', exact: true }).inputValue()
  expect(link).toContain('/circles/join#')
  await ben.page.goto('about:blank')
  await ben.page.goto(link)
  await ben.unlock()
  await ben.page.getByText('You are invited to “Living with asthma”.').waitFor(SLOW)
  await ben.page.getByText('The invitation is from Owl.').waitFor()
  expect(await look(ben.page, 'an invitation to a circle')).toEqual([])
  await ben.page.getByLabel('What you are called here').fill('Fox')
  await ben.page.getByRole('radio', { name: 'Leaf' }).check({ force: true })
  await ben.button('Ask to come in').click()
  await ben.page.getByText('You asked to come into “Living with asthma”').waitFor(SLOW)
  await page.getByRole('button', { name: 'Let in: Fox' }).click(SLOW)
  expect(await look(page, 'members of a circle')).toEqual([])
  await ben.page.getByRole('link', { name: /Living with asthma/ }).click(SLOW)
  await ben.heading('Living with asthma').waitFor()
})

test('they post, comment and thank; a photo loses its name; nobody sees who anybody is elsewhere', async () => {
  await ana.page.getByRole('link', { name: 'Living with asthma' }).click()
  await ana.page.getByLabel('Say something').fill('How do you sleep?')
  await ana.button('Post').click()
  await said(ana, 'How do you sleep?').waitFor()
  await said(ben, 'How do you sleep?').waitFor(SLOW)
  await said(ben, 'How do you sleep?').getByRole('button', { name: 'A hug' }).click()
  await said(ana, 'How do you sleep?').getByRole('button', { name: 'A hug: 1' }).waitFor(SLOW)
  await said(ben, 'How do you sleep?').getByRole('link', { name: 'Comment', exact: true }).click()
  await ben.page.getByLabel('Your comment').fill('Better with two pillows.')
  await ben.page.setInputFiles('input[type=file]', {
    name: 'ben-sample-at-home.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('Pillows'),
  })
  await ben.page.getByText('file.txt').first().waitFor(SLOW)
  await ben.button('Post').click()
  await said(ben, 'Better with two pillows.').waitFor()
  await said(ana, 'How do you sleep?').getByRole('link', { name: '1 comment' }).click(SLOW)
  await said(ana, 'Better with two pillows.').getByText('file.txt').waitFor(SLOW)
  expect(await ana.page.locator('main').innerText()).not.toMatch(/Ben|ben-sample/)
  expect(await ben.page.locator('main').innerText()).not.toMatch(/Ana/)
  expect(await look(ben.page, 'a post with a comment')).toEqual([])
})

test('Ana posts a chart of her weight; Ben sees it drawn, with its values and nothing else of her record', async () => {
  const { page } = ana
  for (const kilograms of ['71', '70.5']) await ana.add('weight', { Weight: kilograms })
  await page.goto(`${relay.origin}/track/weight`)
  await ana.unlock()
  await ana.button('Post in a circle').click()
  expect(await look(page, 'a chart for a circle')).toEqual([])
  await ana.button(/Living with asthma/, page.getByRole('dialog')).click()
  const along = page.getByRole('region', { name: 'Charts that go along' })
  await along.getByRole('img', { name: /^Weight/ }).waitFor()
  await page.getByLabel('Say something').fill('Better already.')
  await ana.button('Post').click()
  await ben.page.getByRole('link', { name: 'Living with asthma' }).click()
  const post = said(ben, 'Better already.')
  await post.getByRole('img', { name: /^Weight/ }).waitFor(SLOW)
  await post.getByText('Show as a table').click()
  await post.getByRole('cell', { name: '70.5' }).waitFor()
  expect(await look(ben.page, 'a post with a chart')).toEqual([])
  expect(await ben.page.locator('main').innerText()).not.toMatch(/Ana/)
  for (const person of [ana, ben]) {
    await said(person, 'How do you sleep?').getByRole('link', { name: '1 comment' }).click()
  }
})

test('Ben reports, Ana takes it down; then he leaves, and she hears of it', async () => {
  const comment = said(ana, 'Better with two pillows.')
  await comment.getByRole('button', { name: /^More about/ }).click()
  await comment.getByRole('button', { name: 'Take it down for all' }).click()
  await ana.page.getByText('Taken down by who started the circle.').waitFor()
  await ben.page.getByText('Taken down by who started the circle.').waitFor(SLOW)
  await ben.page.getByRole('link', { name: 'Living with asthma' }).click()
  await ben.page.getByRole('link', { name: 'Members and rules' }).click()
  await ben.button('Leave this circle').click()
  await ben.page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click()
  await ben.page.getByText('No circle yet').waitFor(SLOW)
  await ana.page.getByRole('link', { name: 'Living with asthma' }).click()
  await ana.page.getByRole('link', { name: 'Members and rules' }).click()
  await expect.poll(() => ana.page.getByText('Fox').count(), SLOW).toBe(0)
})
