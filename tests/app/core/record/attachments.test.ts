import fc from 'fast-check'
import { expect, test } from 'vitest'
import { attachmentBlob, attachmentsOf } from '#app/core/record/attachments.ts'
import { withFilesKeptBack, withoutFiles } from '#app/core/record/cut-files.ts'
import { plainPng } from '#tests/support/photos.ts'

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const LONG = base64(crypto.getRandomValues(new Uint8Array(3000)))
const reference = (...content: object[]) =>
  JSON.stringify({ resourceType: 'DocumentReference', content: content.map(attachment => ({ attachment })) })

test('attachmentsOf() finds the files of each type of resource, told by content', async () => {
  const png = base64(plainPng())
  const found = [{ index: 0, type: 'image/png', bytes: plainPng().length }]
  const holders = [
    { resourceType: 'Binary', contentType: 'text/html', data: png },
    { resourceType: 'Media', content: { contentType: 'text/html', data: png } },
    { resourceType: 'DiagnosticReport', presentedForm: [{ url: 'x' }, { data: png }] },
  ]
  for (const holder of holders) expect(attachmentsOf(JSON.stringify(holder))).toEqual(found)
  expect(attachmentsOf(JSON.stringify({ resourceType: 'Observation', data: png }))).toEqual([])
  const two = reference(
    { data: 'aGk=', title: 'a' },
    { url: 'Binary/1' },
    { data: `${LONG.slice(0, 40)}\n${LONG.slice(40)}` },
  )
  expect(attachmentsOf(two)).toEqual([
    { index: 0, type: 'text/plain', holds: 'words', title: 'a', bytes: 2 },
    { index: 1, bytes: 3000 },
  ])
  expect(base64(new Uint8Array(await attachmentBlob(two, 1)!.arrayBuffer()))).toBe(LONG)
  expect(attachmentBlob(reference({ data: 'no base64!' }), 0)).toBeUndefined()
  expect(attachmentBlob('no JSON', 0)).toBeUndefined()
})

test('attachmentsOf() says which files can be read here, which are records, and what their source calls the rest', () => {
  const kept = (text: string, contentType?: string, title?: string) => {
    const [file] = attachmentsOf(reference({ data: base64(Buffer.from(text)), contentType, title }))
    const { index: _, bytes: __, ...form } = file!
    return form
  }
  const cda = '<ClinicalDocument xmlns="urn:hl7-org:v3"/>'
  expect(kept('words', 'text/plain; charset=utf-8')).toEqual({
    type: 'text/plain',
    holds: 'words',
    said: 'text/plain; charset=utf-8',
  })
  expect(kept(cda, 'text/xml')).toEqual({ type: 'text/xml', holds: 'records' })
  // It came in beside what it says.
  expect(kept(cda, 'text/xml', 'Original document (CDA)')).toEqual({
    type: 'text/xml',
    title: 'Original document (CDA)',
  })
  expect(kept('PK\u0003\u0004', 'application/msword')).toEqual({ said: 'application/msword' })
  expect(kept('PK\u0003\u0004', 'x'.repeat(300)).said).toHaveLength(100)
})

test('withoutFiles() cuts long files alone, and what it leaves is JSON of the same form', () => {
  const data = fc.oneof(
    fc.string(),
    fc.constantFrom(LONG, `${LONG}"`, `${LONG}\\`, `${LONG.slice(0, 399)}"${LONG}`, 'aGk='),
  )
  const texts = fc.array(fc.record({ title: fc.string(), data }), { maxLength: 4 })
  const holds = fc.property(texts, all => {
    const cut = JSON.parse(withoutFiles(reference(...all))) as { content: { attachment: (typeof all)[number] }[] }
    const shown = cut.content.map(each => each.attachment)
    const isKept = (each: (typeof all)[number], index: number) =>
      shown[index]?.title === each.title && each.data.startsWith(shown[index].data)
    return all.length === shown.length && all.every(isKept)
  })
  expect(fc.check(holds, { numRuns: 500 }).failed).toBe(false)
  expect(withoutFiles(reference({ data: LONG, title: 'x' })).length).toBeLessThan(500)
  const short = reference({ data: 'aGk=', title: 'x' })
  expect(withoutFiles(short)).toBe(short)
})

test('withFilesKeptBack() leaves no byte of a file, says that there is one, and leaves all else as it stood', () => {
  const data = fc.oneof(fc.string(), fc.constantFrom(LONG, `${LONG}"`, `${LONG}\\`, '","data":"', 'aGk='))
  const texts = fc.array(fc.record({ title: fc.string(), data }), { maxLength: 4 })
  const keptBack = [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }]
  const holds = fc.property(texts, all => {
    const expected = all.map(({ title }) => ({ attachment: { title, _data: { extension: keptBack } } }))
    expect(JSON.parse(withFilesKeptBack(reference(...all)))).toEqual({
      resourceType: 'DocumentReference',
      content: expected,
    })
  })
  fc.assert(holds, { numRuns: 500 })
  const plain = '{"resourceType":"Media","height":1.50,"content":{"url":"Binary/1","title":"\\"data\\":\\"x"}}'
  expect(withFilesKeptBack(plain)).toBe(plain)
  expect(withFilesKeptBack('{"data":"cut')).not.toContain('cut')
})
