import type { JsonCursor, Slice } from './json-cursor.ts'

/** One of a FHIR Parameters resource (https://hl7.org/fhir/R4/parameters.html): a resource, or parts, or a value. */
export interface Parameter {
  /** Empty where it has none of a usual length. */
  readonly name: string
  readonly resource?: Slice
  /** It says something that is neither a resource nor parts, or nothing at all. */
  readonly isValue: boolean
  readonly parts: readonly Parameter[]
}

/** Operations nest to three at most. What is deeper is taken as a value. */
const MAX_PARTS_DEEP = 20
const MAX_NAME = 100

interface ReadParameter {
  readonly item: Parameter
  /** Levels of lists and objects in it. */
  readonly depth: number
}

/** Reads the parameter that the cursor stands before. */
export function readParameter(cursor: JsonCursor, level = 0): ReadParameter {
  if (cursor.peek() !== '{') {
    return { item: { name: '', isValue: true, parts: [] }, depth: cursor.value().depth }
  }
  const said: { name: string; resource?: Slice; isValue: boolean } = { name: '', isValue: false }
  const parts: Parameter[] = []
  let depth = 1
  cursor.enter('{')
  for (let member = cursor.nextMember(true); member !== undefined; member = cursor.nextMember(false)) {
    if (member === 'part' && level < MAX_PARTS_DEEP && cursor.peek() === '[') {
      depth = Math.max(depth, readParts(cursor, parts, level + 1) + 1)
      continue
    }
    const slice = cursor.value()
    depth = Math.max(depth, slice.depth + 1)
    if (member === 'resource') said.resource = slice
    else if (member === 'name') said.name = nameIn(cursor.text, slice)
    else if (member === 'part' || member.startsWith('value')) said.isValue = true
  }
  said.isValue ||= said.resource === undefined && parts.length === 0
  return { item: { ...said, parts }, depth }
}

/** Answers their depth, that of the list included. */
function readParts(cursor: JsonCursor, parts: Parameter[], level: number): number {
  let depth = 1
  cursor.enter('[')
  while (cursor.nextItem(parts.length === 0)) {
    const read = readParameter(cursor, level)
    parts.push(read.item)
    depth = Math.max(depth, read.depth + 1)
  }
  return depth
}

function nameIn(text: string, { start, end, depth }: Slice): string {
  const name: unknown = depth === 0 && end - start <= MAX_NAME ? JSON.parse(text.slice(start, end)) : undefined
  return typeof name === 'string' ? name : ''
}

/** Whether it brings any resource. Without one it says something of its own, and is kept whole. */
export const hasResource = ({ resource, parts }: Parameter): boolean =>
  resource !== undefined || parts.some(hasResource)
