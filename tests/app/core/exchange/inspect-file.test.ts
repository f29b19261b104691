import { beforeAll, expect, test } from 'vitest'
import { inspectionOf } from '#app/core/exchange/inspect-file.ts'
import { readImportFile } from '#app/core/exchange/read-import-file.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { ccda, problem, section, SNOMED } from '#tests/support/ccda-fixtures.ts'

beforeAll(readyCrypto)

const inspect = async (text: string) =>
  inspectionOf('a/file.xml', await readImportFile(new TextEncoder().encode(text), 'file.xml'))

test('inspectionOf() says what a file is, whose, and what would come in by section and kind', async () => {
  const found = await inspect(ccda(section('11450-4', 'Problems', 'words', problem('1', `code="195967001" ${SNOMED}`))))
  expect(found).toMatchObject({
    file: 'a/file.xml',
    format: 'clinical-document',
    person: { name: 'Kim Sample', birthDate: '1970-03-04' },
    count: 8,
    unusable: [],
  })
  expect('entries' in found && found.entries).toContainEqual({ section: 'problems', kind: 'condition', count: 1 })
})

test('inspectionOf() says why a file cannot be read', async () => {
  expect(await inspect('<a/>')).toEqual({ file: 'a/file.xml', failure: { kind: 'not-supported', what: 'xml' } })
})
