import { afterAll, beforeAll, expect, test } from 'vitest'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'
import { visit } from './visit.ts'

let relay: RelayProcess
beforeAll(async () => {
  relay = await RelayProcess.start()
})
afterAll(() => relay.destroy())

const ASTHMA = JSON.stringify({
  resourceType: 'Bundle',
  type: 'collection',
  entry: [
    {
      resource: {
        resourceType: 'Condition',
        id: 'c1',
        clinicalStatus: { coding: [{ code: 'active' }] },
        code: { coding: [{ system: 'http://snomed.info/sct', code: '195967001', display: 'Asthma' }], text: 'Asthma' },
        subject: { reference: 'Patient/p1' },
        onsetDateTime: '2019-05-04',
      },
    },
  ],
})

const MEDLINE_PLUS = 'https://connect.medlineplus.gov/'

async function openAsthma(ada: Person): Promise<void> {
  await visit(ada.page, '/record/problems')
  await ada.page.locator('main a[href*="/entry/"]').first().click()
}

test('somebody reads about a problem, puts it aside, and finds it again on another day without a network', async () => {
  const ada = await Person.arrive(relay.origin)
  await ada.settleIn()
  await ada.importFile({ name: 'clinic.json', text: ASTHMA })
  await ada.page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await openAsthma(ada)
  await ada.page.getByRole('link', { name: 'About: Asthma' }).click()
  await ada.heading('What people notice').waitFor()
  expect(ada.page.url()).not.toMatch(/asthma/i)
  await ada.button('Read later').click()
  await ada.button('I have read it').waitFor()
  await ada.statusSays('Backed up')
  await ada.lock()
  ada.troubles.expectCutNetwork()
  await ada.setOffline(true)
  await ada.page.reload()
  await ada.unlock()
  await ada.page.getByRole('link', { name: 'Learn', exact: true }).first().click()
  await ada.page
    .getByRole('region', { name: 'Your reading list' })
    .getByRole('link', { name: 'Asthma To read' })
    .click()
  await ada.page.getByText('https://medlineplus.gov/asthma.html').waitFor()
  await ada.button('I have read it').click()
  await ada.button('Read it again later').waitFor()
  await ada.leave()
})

test('nothing goes to MedlinePlus before the second press, and then the code that was named and no more', async () => {
  const ada = await Person.arrive(relay.origin)
  await ada.settleIn()
  await ada.importFile({ name: 'clinic.json', text: ASTHMA })
  const asked: { readonly url: string; readonly referrer: string | undefined }[] = []
  await ada.context.route(`${MEDLINE_PLUS}**`, async route => {
    asked.push({ url: route.request().url(), referrer: route.request().headers()['referer'] })
    await route.fulfill({ contentType: 'text/html', body: '<title>MedlinePlus</title>' })
  })
  await openAsthma(ada)
  await ada.button('Look it up at MedlinePlus').click()
  await ada.page.getByText(/It learns the code 195967001 \(SNOMED CT\)/).waitFor()
  expect(asked).toEqual([])
  ada.troubles.expect(/request to a stranger: https:\/\/connect\.medlineplus\.gov\/application\?/)
  const [tab] = await Promise.all([
    ada.context.waitForEvent('page'),
    ada.page.getByRole('link', { name: 'Open MedlinePlus' }).click(),
  ])
  await tab.waitForLoadState()
  expect(await tab.evaluate(() => [document.referrer, opener === null])).toEqual(['', true])
  expect(asked).toEqual([
    {
      url: `${MEDLINE_PLUS}application?mainSearchCriteria.v.cs=2.16.840.1.113883.6.96&mainSearchCriteria.v.c=195967001&informationRecipient.languageCode.c=en`,
      referrer: undefined,
    },
  ])
  await ada.leave()
})
