import { isObject, type JsonObject } from '#schema/record/fhir/json.ts'

/** What can act on its own in HTML: elements that load or run, handlers, addresses that are code. */
const ACTIVE =
  /<[\s/]*(?:script|iframe|object|embed|applet|form|meta|link|base|svg|math|frame|foreignobject)\b|[\s"'/]on[a-z]{3,}\s*=|(?:javascript|vbscript)\s*:|data\s*:\s*text\/html/i

/** True when any narrative in the resource (its own, a section's, a contained one's) holds active content. */
export function hasActiveNarrative(resource: JsonObject): boolean {
  const waiting: unknown[] = [resource]
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (Array.isArray(value)) for (const item of value) waiting.push(item ?? '')
    else if (isObject(value)) {
      if (typeof value['div'] === 'string' && ACTIVE.test(value['div'])) return true
      for (const member of Object.values(value)) if (typeof member === 'object') waiting.push(member ?? '')
    }
  }
  return false
}
