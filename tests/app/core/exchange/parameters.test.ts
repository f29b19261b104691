import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { readImportFile } from '#app/core/exchange/read-import-file.ts'
import { readyCrypto } from '#crypto/sodium.ts'

beforeAll(readyCrypto)

const observation = (id: string) => ({ resourceType: 'Observation', id, code: { text: `test ${id}` } })
const parameters = (...parameter: readonly object[]) => ({ resourceType: 'Parameters', parameter })

async function read(value: unknown) {
  const file = await readImportFile(new TextEncoder().encode(JSON.stringify(value)), 'file.json')
  if (!file.ok) throw new Error(`refused: ${file.failure.kind}`)
  const { resources, unusable } = file.value
  return { titles: resources.map(({ parts, text }) => parts.title || text), unusable, resources }
}

const told = (...examples: readonly string[]) => examples.map(example => ({ reason: 'parameter', example }))

test('resources in Parameters come in as they stood, and what is none is told with its place and name', async () => {
  const { resources, unusable } = await read(
    parameters(
      { name: 'result', valueBoolean: true },
      { name: 'return', resource: observation('a') },
      {
        name: 'match',
        part: [
          { name: 'score', valueDecimal: 0.9 },
          { name: 'resource', resource: observation('b') },
        ],
      },
      { name: 'nothing' },
      {},
    ),
  )
  expect(resources.map(each => each.text)).toEqual(['a', 'b'].map(id => JSON.stringify(observation(id))))
  expect(unusable).toEqual(
    told('parameter 1 (result)', 'parameter 3, part 1 (score)', 'parameter 4 (nothing)', 'parameter 5'),
  )
})

test('a Bundle in Parameters is read on, and so are Parameters in a Bundle, a list and a line', async () => {
  const inner = { resourceType: 'Bundle', type: 'searchset', entry: [{ resource: observation('b') }] }
  const mixed = parameters(
    { name: 'a', resource: observation('a') },
    { name: 'more', resource: inner },
    { name: 'count', valueInteger: 2 },
  )
  const inBundle = { resourceType: 'Bundle', type: 'batch-response', entry: [{ resource: mixed }] }
  for (const [value, place] of [
    [mixed, ''],
    [[mixed], 'item 1, '],
    [inBundle, 'entry 1, '],
  ] as const) {
    expect(await read(value)).toMatchObject({
      titles: ['test a', 'test b'],
      unusable: told(`${place}parameter 3 (count)`),
    })
  }
  const file = await readImportFile(
    new TextEncoder().encode(`${JSON.stringify(observation('z'))}\n${JSON.stringify(mixed)}\n`),
    'a.ndjson',
  )
  expect(file.ok && file.value.resources.map(each => each.parts.title)).toEqual(['test z', 'test a', 'test b'])
})

test('Parameters without a resource say something of their own: they are kept whole, under their address', async () => {
  const asked = parameters({ name: 'code', valueString: '207' }, { name: 'part', part: [{ name: 'x' }] })
  expect(await read(asked)).toMatchObject({ titles: [JSON.stringify(asked)], unusable: [] })
  const fullUrl = 'https://fhir.example/Parameters/1'
  const { resources } = await read({ resourceType: 'Bundle', entry: [{ fullUrl, resource: asked }] })
  expect(resources).toMatchObject([{ text: JSON.stringify(asked), fullUrl }])
})

test('what names itself twice, nests without end or is no list is read or refused, and ends', async () => {
  const both = '{"resourceType":"Bundle","resourceType":"Observation","code":{"text":"x"}}'
  const file = await readImportFile(new TextEncoder().encode(both), 'x')
  expect(file.ok && file.value.resources.map(each => each.parts.title)).toEqual(['x'])
  let deep: object = { name: 'deepest', resource: observation('a') }
  for (let level = 0; level < 60; level++) deep = { name: 'p', part: [deep] }
  const { titles, unusable } = await read(parameters({ name: 'b', resource: observation('b') }, deep))
  expect(titles).toEqual(['test b'])
  expect(unusable).toHaveLength(1)
  expect(await read({ ...parameters(), parameter: 7 })).toMatchObject({ unusable: [] })
})

test('any Parameters: every resource comes in, everything else is told, nothing is thrown', async () => {
  const leaf = fc.oneof(
    fc.integer({ min: 0, max: 9 }).map(id => ({ name: 'r', resource: observation(String(id)) })),
    fc.jsonValue().map(value => ({ name: 'v', valueX: value })),
    fc.jsonValue(),
  )
  const tree = fc.letrec(tie => ({
    node: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie('node'), { maxLength: 4 }).map(part => ({ name: 'p', part })),
    ),
  })).node
  const asParameters = fc.array(tree, { maxLength: 5 }).map(parameter => ({ resourceType: 'Parameters', parameter }))
  await fc.assert(
    fc.asyncProperty(asParameters, async value => {
      const file = await readImportFile(new TextEncoder().encode(JSON.stringify(value)), 'x')
      const wanted = new Set(JSON.stringify(value).match(/"id":"\d"/g) ?? [])
      const texts = file.ok ? file.value.resources.map(({ text }) => text) : []
      const found = texts.filter(text => text.startsWith('{"resourceType":"Observation"'))
      expect(new Set(found.flatMap(text => text.match(/"id":"\d"/g) ?? []))).toEqual(wanted)
    }),
    { numRuns: 60 },
  )
})
