import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type CardIssuer, readKeySet, readRevocationList } from '#app/core/exchange/card/issuer-keys.ts'
import { readImportFile } from '#app/core/exchange/read-import-file.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { utf8 } from '#schema/bytes.ts'
import { instant } from '#schema/instant.ts'
import { at, parseObject } from '#schema/record/fhir/json.ts'
import { Made } from '#tests/support/read-made.ts'
import { validityFaults } from '#tests/support/validity/fhir-validity.ts'

const ROOT = process.env['WELLKEEP_CORPUS'] ?? join(import.meta.dirname, '../../../shared/data')
const isThere = existsSync(join(ROOT, 'shc'))
const NOW = instant(Date.UTC(2026, 10, 26))
const ADDRESS = 'https://spec.smarthealth.cards/examples/issuer'
const KEY = '3Kfdg-XwP-7gXyywtUfUADwBumDOPKMQx-iELL11W9s'

const textOf = (path: string) => readFileSync(join(ROOT, path), 'utf8')

/** The specification's example issuer, as who trusts it would keep it. Its private keys are published: nobody should. */
let issuers: readonly CardIssuer[]
beforeAll(async () => {
  await readyCrypto()
  if (!isThere) return
  const list = readRevocationList(parseObject(textOf(`shc/${KEY}.json`)))
  const keys = await readKeySet(parseObject(textOf('shc/jwks.json')))
  issuers = [{ issuer: ADDRESS, keys, revoked: { [KEY]: list?.revoked ?? [] } }]
})

const read = (text: string, name: string) => readImportFile(utf8(text), name, { cards: { issuers, now: NOW } })

/** In a few words: what is known of the one card, or why nothing comes in. */
async function verdictOf(text: string, name: string): Promise<string> {
  const file = await read(text, name)
  if (!file.ok) return Object.values(file.failure).flat().join(' ')
  const [card] = file.value.cards
  return card === undefined ? `no card, ${file.value.format}` : `${card.signature} ${card.time} ${card.revocation}`
}

describe.skipIf(!isThere)('SMART Health Cards of the specification', () => {
  const FORMS = ['d-jws.txt', 'e-file.smart-health-card', 'f-qr-code-numeric-value']
  test.each([
    ['00', 'trusted valid not-listed'],
    ['02', 'trusted valid not-listed'],
    // Called "revoked": but the list takes back what was issued before September 2022, and it says May 2024.
    ['03', 'trusted expired not-listed'],
  ])('example %s says what it was made of, in each form: %s', async (number, verdict) => {
    for (const form of FORMS) {
      const names = readdirSync(join(ROOT, 'shc')).filter(name => name.startsWith(`example-${number}-${form}`))
      const text = names.map(name => textOf(`shc/${name}`)).join('\n')
      expect([form, await verdictOf(text, form)]).toEqual([form, verdict])
      const file = await read(text, form)
      if (!file.ok) throw new Error('refused')
      const source = parseObject(textOf(`shc/example-${number}-c-jws-payload-minified.json`))
      const entries = at(source, 'vc', 'credentialSubject', 'fhirBundle')
      const { entry } = entries as { entry: { fullUrl: string; resource: object }[] }
      const addresses = new Map(
        entry.map(({ fullUrl }, index) => [fullUrl, file.value.resources[index]?.fullUrl ?? '']),
      )
      const renamed = entry.map(({ resource }) =>
        JSON.stringify(resource).replace(/resource:\d+/g, short => addresses.get(short) ?? short),
      )
      expect(file.value.resources.slice(0, -1).map(resource => resource.text)).toEqual(renamed)
      const made = new Made(file.value)
      expect(made.resources.flatMap(resource => validityFaults(resource))).toEqual([])
    }
  })
})

/** By what follows `testdata__` in the name. Pictures are read in the app: `tests/browser/card-pictures.test.ts`. */
const BROKEN: Readonly<Record<string, string>> = {
  'test-example-00-a-fhirBundle-bad_meta_non_security.json': 'no card, fhir',
  'test-example-00-a-fhirBundle-profile-usa.json': 'no card, fhir',
  'test-example-00-a-short-refs.json': 'no card, fhir',
  'test-example-00-b-jws-payload-expanded-exp_milliseconds.json': 'unsigned unclear not-checked',
  'test-example-00-b-jws-payload-expanded-expired.json': 'unsigned expired not-checked',
  'test-example-00-b-jws-payload-expanded-missing-imm-vc-type.json': 'unsigned valid not-checked',
  'test-example-00-b-jws-payload-expanded-missing-shc-vc-type.json': 'card other',
  'test-example-00-b-jws-payload-expanded-nbf_milliseconds.json': 'unsigned unclear not-checked',
  'test-example-00-b-jws-payload-expanded-nbf_not_yet_valid.json': 'unsigned not-yet not-checked',
  'test-example-00-b-jws-payload-expanded-optional-vc-type.json': 'unsigned valid not-checked',
  'test-example-00-b-jws-payload-expanded-trailing_chars.json': 'unsigned valid not-checked',
  'test-example-00-b-jws-payload-expanded-unknown-vc-types.json': 'unsigned valid not-checked',
  'test-example-00-d-jws-issuer-not-valid-with-smart-key.txt': 'other-issuer valid not-checked',
  'test-example-00-d-jws-no_jws_header_alg.txt': 'card unreadable',
  'test-example-00-d-jws-trailing_chars.txt': 'trusted valid not-checked',
  'test-example-00-d-jws-utf8_bom_prefix.txt': 'trusted valid not-checked',
  'test-example-00-e-file-bad_jwks.smart-health-card': 'other-issuer valid not-checked',
  'test-example-00-e-file-invalid_deflate.smart-health-card': 'card unreadable',
  'test-example-00-e-file-jws_too_long.smart-health-card': 'card other',
  'test-example-00-e-file.wrong-extension': 'trusted valid not-checked',
  'test-example-00-f-qr-code-numeric-value-0-trailing_chars.txt': 'trusted valid not-checked',
  'test-example-00-f-qr-code-numeric-value-0-wrong-multi-chunk.txt': 'trusted valid not-checked',
  'test-example-00-fhirhealthcard.json': 'trusted valid not-checked',
  'test-example-1195-byte-qrnumeric.txt': 'trusted valid not-checked',
  'valid_key_with_x5c.json': 'issuer-file keys',
  'valid_keys.json': 'issuer-file keys',
  'wrong_kty_key.json': 'issuer-file no-keys',
}

const broken = isThere ? readdirSync(join(ROOT, 'shc-broken')).filter(name => !/\.(png|jpg)$/.test(name)) : []

describe.skipIf(!isThere)('SMART Health Cards that the makers of a validator broke', () => {
  test.each(broken)('%s', async name => {
    const short = name.replace('testdata__', '')
    const chunk = /numeric-value-(\d+)-qr_chunk_too_small/.exec(short)
    const expected = chunk === null ? BROKEN[short] : `needs-codes ${Number(chunk[1]) + 1} 17`
    expect(await verdictOf(textOf(`shc-broken/${name}`), name)).toBe(expected)
  })
})
