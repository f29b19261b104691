import { expect, test } from 'vitest'
import { parseResourceTree, type ResourceNode } from '#app/ui/features/entry/resource-tree.ts'

const textsOf = (nodes: readonly ResourceNode[]): string[] =>
  nodes.flatMap(node => [...(node.text === undefined ? [] : [node.text]), ...textsOf(node.children)])

test('parseResourceTree() shows every value of a resource', () => {
  const resource = {
    resourceType: 'Observation',
    effectiveDateTime: '2021-03-04',
    _effectiveDateTime: { extension: [{ url: 'http://x', valueCode: 'about' }] },
    code: { coding: [{ code: 'a' }, { code: 'b', userSelected: false }] },
    component: [],
    note: null,
  }
  const nodes = parseResourceTree(JSON.stringify(resource)) ?? []
  expect(textsOf(nodes)).toEqual(['Observation', '2021-03-04', 'http://x', 'about', 'a', 'b', 'false', '–', 'null'])
  expect(nodes.map(node => node.label)).toEqual([
    'Resource type',
    'Effective date time',
    'Effective date time (more)',
    'Code',
    'Component',
    'Note',
  ])
})

test('parseResourceTree() keeps the digits a laboratory wrote', () => {
  expect(parseResourceTree('{"value":6.80}')?.[0]?.text).toBe('6.80')
})

test('parseResourceTree() shows a narrative as words', () => {
  const nodes = parseResourceTree(JSON.stringify({ text: { div: '<div><p>HbA1c <b>6.8</b></p></div>' } }))
  expect(textsOf(nodes ?? [])).toEqual(['HbA1c 6.8'])
})

test('parseResourceTree() gives up on what is not JSON', () => {
  expect(parseResourceTree('{')).toBeUndefined()
})
