import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, test } from 'vitest'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

/** Pictures of codes that others made, chosen in the app as a person chooses them. */
const ROOT = process.env['WELLKEEP_CORPUS'] ?? join(import.meta.dirname, '../../../shared/data')
const isThere = existsSync(join(ROOT, 'shc'))
const ISSUER = 'https://spec.smarthealth.cards/examples/issuer'

let relay: RelayProcess
let kim: Person
beforeAll(async () => {
  if (!isThere) return
  relay = await RelayProcess.start()
  kim = await Person.arrive(relay.origin)
  await kim.settleIn('John B. Anyperson', '1951-01-20')
  await choose('shc/jwks.json')
  await kim.page.getByLabel('Web address of the issuer').fill(ISSUER)
  await kim.button('Keep these keys').click()
  await kim.page.getByText('Kept. Cards of', { exact: false }).waitFor()
})
afterAll(async () => {
  await kim?.leave()
  await relay?.destroy()
})
afterEach(async () => {
  const cancel = kim.button('Cancel')
  if (await cancel.isVisible()) await cancel.click()
})

async function choose(path: string): Promise<void> {
  await kim.go('Bring in')
  await kim.page.locator('input[type=file]').first().setInputFiles(join(ROOT, path))
}

const says = (words: string) => kim.page.getByRole('main').getByText(words, { exact: false }).first().waitFor()

const drawings = (...names: readonly string[]) => names.map(name => `shc/example-${name}.svg`)
const pictures = (...names: readonly string[]) =>
  names.map(name => `shc-broken/testdata__test-example-00-g-qr-code-${name}`)

describe.skipIf(!isThere)('a picture of a health card’s code that others made is read and judged', () => {
  test.each([
    ['a drawing', drawings('00-g-qr-code-0'), 'Issued on May 7, 2024'],
    ['a drawing of a card that has ended', drawings('03-g-qr-code-0'), 'It is no longer valid'],
    ['three drawings', drawings('02-g-qr-code-0', '02-g-qr-code-1', '02-g-qr-code-2'), 'Issued on May 7, 2024'],
    ['a small JPEG (137 px a side)', pictures('0-scaled-23.jpg'), 'Issued on December 1, 2021'],
    ['a larger code than need be (version 22)', pictures('inflated-to-v22.png'), 'Issued on July 18, 2021'],
    ['all in one segment', pictures('0-single_qr_segment.png'), 'Issued on June 1, 2021'],
    [
      'two pictures, where one would do',
      pictures('0-qr_chunk_too_small.png', '1-qr_chunk_too_small.png'),
      'Issued on June 1, 2021',
    ],
  ])('%s', async (_kind, paths, words) => {
    for (const [at, path] of paths.entries()) {
      await choose(path)
      const isLast = at === paths.length - 1
      await says(isLast ? `Yes: it was signed by ${ISSUER}, whose keys you keep` : `is in ${paths.length} codes`)
      if (!isLast) await says(`Read so far: ${at === 0 ? '1' : '1 and 2'}.`)
    }
    await says(words)
    await kim.button(/^Bring in [\d,]+ entries$/).waitFor()
  })

  test.each([
    ['a code with words after the card’s', pictures('0-too_many_qr_segment.png'), 'This health card cannot be read'],
    ['a code that is damaged', pictures('0-corrupted.png'), 'picture without a health card’s code'],
  ])('refused: %s', async (_kind, [path = ''], words) => {
    await choose(path)
    await says('This file could not be brought in')
    await says(words)
  })
})

test.skipIf(!isThere)('a picture of a health link that others made names its host, and nobody is asked', async () => {
  await choose('shl/IPS_IG-bundle-01-shl.png')
  await says('Demo SHL for IPS_IG-bundle-01')
  await kim.button('Fetch it from raw.githubusercontent.com').waitFor()
  kim.troubles.expectNone()
})
