import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isObject, objectsOf } from '#schema/record/fhir/json.ts'
import { ccda, problem, section, SNOMED } from '#tests/support/ccda-fixtures.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const ROOT = join(import.meta.dirname, '../..')
const run = (script: string, ...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'app', script), ...args], {
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

const folder = makeTempFolder('command-line')
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const good = file(
  'good.xml',
  ccda(section('11450-4', 'Problems', 'words', problem('1', `code="195967001" ${SNOMED} displayName="Asthma"`))),
)
const bad = file('bad.xml', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')

test('inspect says what each file is and what would come in, in words or as JSON; 1 when one cannot be read', () => {
  const words = run('inspect.ts', good)
  expect(words).toMatchObject({ status: 0, stderr: '' })
  expect(words.stdout).toContain('A clinical document (C-CDA), Kim Sample, 1970-03-04')
  expect(words.stdout).toMatch(/1 {2}problems \/ condition/)
  const json = run('inspect.ts', '--json', good, bad)
  expect(json.status).toBe(1)
  expect(JSON.parse(json.stdout)).toMatchObject([
    { file: good, format: 'clinical-document' },
    { file: bad, failure: { kind: 'unsafe-xml' } },
  ])
  expect(run('inspect.ts', join(folder, 'none.xml'))).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('cannot be opened'),
  })
  expect(run('inspect.ts').status).toBe(2)
})

test('inspect names the columns of a table and what is not certain; --columns says it, for convert as well', () => {
  const table = file('sugar.csv', 'Date,Blood sugar\n03/04/2026,5.60\n')
  const asked = run('inspect.ts', table)
  expect(asked.status).toBe(1)
  expect(asked.stdout).toContain('= Blood sugar: Blood glucose\n  ? A unit is not known')
  const columns = [{ use: 'date' }, { use: 'glucose', unit: 'mmol/L' }]
  const mapping = file('columns.json', JSON.stringify({ columns, dateOrder: 'day-first', decimal: '.' }))
  expect(run('inspect.ts', table, '--columns', mapping).stdout).toContain('= Blood sugar: Blood glucose (mmol/L)')
  expect(run('convert.ts', '--to', 'fhir', table, '--columns', mapping).stdout).toContain(
    '"value":5.60,"unit":"mmol/L"',
  )
  expect(run('inspect.ts', table, '--columns', bad).status).toBe(2)
})

test('convert writes FHIR, a summary or tables to standard output, and says why it cannot', () => {
  const fhir: unknown = JSON.parse(run('convert.ts', '--to', 'fhir', good).stdout)
  const types = objectsOf(isObject(fhir) ? fhir['entry'] : []).map(
    ({ resource }) => isObject(resource) && resource['resourceType'],
  )
  expect(types).toContain('Condition')
  const summary: unknown = JSON.parse(run('convert.ts', '--to', 'ips', good).stdout)
  expect(summary).toMatchObject({ resourceType: 'Bundle', type: 'document' })
  expect(run('convert.ts', '--to', 'csv', good).stdout).toContain('Asthma')
  expect(run('convert.ts', '--to', 'fhir', bad)).toMatchObject({ status: 1, stdout: '' })
  expect(run('convert.ts', '--to', 'odd', good).status).toBe(2)
})
