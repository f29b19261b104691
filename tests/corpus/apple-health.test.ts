import { existsSync, openAsBlob, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { readChosenFile } from '#app/core/exchange/read-import-file.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { zipOf } from '#tests/support/apple-health.ts'
import { validityFaults } from '#tests/support/validity/fhir-validity.ts'

beforeAll(readyCrypto)

const ROOT = join(process.env['WELLKEEP_CORPUS'] ?? join(import.meta.dirname, '../../../shared/data'), 'apple-health')
const FILES = existsSync(ROOT) ? readdirSync(ROOT).filter(name => name.endsWith('.xml')) : []

describe.skipIf(FILES.length === 0)('Apple Health exports by others', () => {
  test.each(FILES)('%s comes in whole and valid, alone or packed', async name => {
    const path = join(ROOT, name)
    for (const file of [await openAsBlob(path), zipOf([{ name: 'export.xml', text: readFileSync(path) }])]) {
      const read = await readChosenFile(file, name)
      if (!read.ok) throw new Error(`refused: ${JSON.stringify(read.failure)}`)
      const { resources, series = [], left = [] } = read.value
      expect(resources.flatMap(({ text }) => validityFaults(JSON.parse(text)))).toEqual([])
      expect(series.map(({ key }) => key).sort()).toEqual([
        'HKQuantityTypeIdentifierBodyMassIndex',
        'HKQuantityTypeIdentifierHeartRate',
        'Workout',
      ])
      expect(left).toContainEqual({ reason: 'rings', count: 2, examples: [] })
    }
  })
})
