import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CVX_NAMES } from '#schema/codes/cvx.ts'

const ROOT = process.env['WELLKEEP_CORPUS'] ?? join(import.meta.dirname, '../../../shared/data')
const CVX = join(ROOT, 'code-tables/cvx.xml')

test.skipIf(!existsSync(CVX))('CVX_NAMES says what the CDC’s own table does', () => {
  const rows = readFileSync(CVX, 'latin1').matchAll(
    /<ShortDescription>(.*?)<\/ShortDescription>\s*<FullVaccinename>(.*?)<\/FullVaccinename>\s*<CVXCode>(\d+)\s*<\/CVXCode>/g,
  )
  const table = [...rows].map(([, short = '', full = '', code = '']) => [code, code === '999' ? full : short] as const)
  expect(table).toHaveLength(288)
  expect(CVX_NAMES).toEqual(Object.fromEntries(table.filter(([code]) => code !== '99')))
})
