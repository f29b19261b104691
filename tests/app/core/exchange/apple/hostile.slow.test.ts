import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { readyCrypto } from '#crypto/sodium.ts'
import { readChosenFile } from '#app/core/exchange/read-import-file.ts'
import { type Tag, TagScanner } from '#app/core/exchange/apple/scan-health-data.ts'
import { healthData, note, pressure, record, zipOf } from '#tests/support/apple-health.ts'
import { validityFaults } from '#tests/support/validity/fhir-validity.ts'

beforeAll(readyCrypto)

const AT = '2024-03-05 08:00:00 +0100'
const WHOLE = healthData(
  record('BodyMass', AT, '80', { unit: 'kg', inside: note('a', 'b &amp; c') }),
  pressure(AT, 131, 81),
  record('HeartRate', AT, '61', { unit: 'count/min' }),
  record('HKCategoryTypeIdentifierSleepAnalysis', AT, 'HKCategoryValueSleepAnalysisAsleepREM'),
)

/** What the scanner sees of a text that comes in pieces of `step` characters. */
function seen(text: string, step: number): readonly string[] {
  const lines: string[] = []
  const scanner = new TagScanner({
    open: (tag: Tag, depth) =>
      lines.push(
        `${depth} ${tag.name} ${tag.names.slice(0, tag.count).join()} ${tag.values.slice(0, tag.count).join()}`,
      ),
    close: (name, depth) => lines.push(`${depth} /${name}`),
  })
  for (let at = 0; at < text.length; at += step) scanner.write(text.slice(at, at + step))
  const end = scanner.end()
  return [...lines, end.ok ? 'whole' : end.failure.kind]
}

test('TagScanner sees the same however a file is cut into pieces', () => {
  const text = `${WHOLE.replace('</HealthData>', '<!-- <b> --><![CDATA[<c a="]]><?x <d?><E f=\'"\' g = "1&#x41;&#66;&lt;"\n/></HealthData>')}`
  const whole = seen(text, text.length)
  expect(whole.at(-1)).toBe('whole')
  expect(whole).toContain('1 E f,g ",1AB<')
  expect(whole.filter(line => /^\d+ [bcd] /.test(line))).toEqual([])
  for (const step of [1, 2, 3, 7, 50, 333]) expect(seen(text, step)).toEqual(whole)
})

test('readChosenFile() answers whatever is done to an export, and never takes a part for the whole', async () => {
  const names = ['export.xml', 'export.zip']
  await fc.assert(
    fc.asyncProperty(
      fc.nat(WHOLE.length),
      fc.nat(40),
      fc.constantFrom(
        '',
        '<',
        '>',
        '"',
        "'",
        '&',
        '&#0;',
        '<!--',
        '<![CDATA[',
        ']]>',
        '</',
        '/>',
        '=',
        '\u0000',
        '<!DOCTYPE',
        'é',
      ),
      fc.constantFrom(...names),
      async (at, removed, put, name) => {
        const text = WHOLE.slice(0, at) + put + WHOLE.slice(at + removed)
        const file = name === 'export.zip' ? zipOf([{ name: 'export.xml', text }]) : new Blob([text])
        expect(await readChosenFile(file, name)).toHaveProperty('ok')
      },
    ),
    { numRuns: 300 },
  )
  const start = WHOLE.indexOf('<HealthData')
  for (let end = start + 12; end < WHOLE.trimEnd().length; end += 7) {
    expect(await readChosenFile(new Blob([WHOLE.slice(0, end)]), 'export.xml')).toMatchObject({
      failure: { kind: 'truncated' },
    })
  }
})

test('what has no end and what nests without end is refused in bounded memory', async () => {
  const refused = async (text: string) => {
    const answer = await readChosenFile(new Blob([text]), 'export.xml')
    return answer.ok ? undefined : answer.failure.kind
  }
  expect(await refused(`<HealthData a="${'x'.repeat(3_000_000)}`)).toBe('not-xml')
  expect(await refused(`<HealthData><!--${'x'.repeat(3_000_000)}`)).toBe('not-xml')
  expect(await refused(`<HealthData>${'<Record>'.repeat(100_000)}`)).toBe('unsafe-xml')
  const entities = `<!DOCTYPE HealthData [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><HealthData><Me x="&b;"/></HealthData>`
  expect(await refused(entities)).toBe('unsafe-xml')
  const sources = Array.from({ length: 25_000 }, (_, index) =>
    record('HeartRate', AT, '60', { unit: 'count/min', source: `s${index}` }),
  )
  expect(await readChosenFile(new Blob([healthData(...sources)]), 'export.xml')).toEqual({
    ok: false,
    failure: { kind: 'archive', why: 'bomb' },
  })
})

test('whatever words and numbers an export holds, what is made of it is valid FHIR', async () => {
  const word = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.string({ unit: 'binary', maxLength: 10 }),
    fc.constantFrom('', 'toString', 'constructor', '__proto__'),
  )
  const kind = fc.constantFrom(
    'BodyMass',
    'Height',
    'HeartRate',
    'OxygenSaturation',
    'StepCount',
    'BloodGlucose',
    'Unheard',
    'HKCategoryTypeIdentifierHeadache',
    'HKCategoryTypeIdentifierSleepAnalysis',
  )
  const number = fc.oneof(
    fc.double().map(String),
    fc.constantFrom('72', '1e300', '-0', '0.97', '007', '1.', '.5', '1e-9', '0x10', 'NaN', ''),
  )
  const unit = fc.oneof(fc.constantFrom('kg', 'ft', 'count/min', '%', 'count', 'mmol<180.15>/L'), word)
  const safe = (text: string) => text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(kind, number, unit, word, word), { maxLength: 8 }), async records => {
      const lines = records.map(([type, value, written, source, text]) =>
        record(type, AT, safe(value), {
          unit: safe(written),
          source: safe(source),
          inside: note(safe(text), safe(source)),
          more: `device="${safe(text)}"`,
        }),
      )
      const answer = await readChosenFile(new Blob([healthData(...lines, pressure(AT, 120, 80, 'x'))]), 'export.xml')
      if (!answer.ok) throw new Error(answer.failure.kind)
      for (const { text } of answer.value.resources)
        expect([text, validityFaults(JSON.parse(text))]).toEqual([text, []])
    }),
    { numRuns: 60 },
  )
})
