import { objectsOf, parseObject, textOf } from '#schema/record/fhir/json.ts'
import type { Finding } from '../find-resources.ts'

const START = /^\{(?:[^{}[\]]*,)?"resourceType":"OperationOutcome"/

/** What a server says of a search (FHIR R4 `search.mode` outcome) is no part of the record: it is listed as not brought in. */
export function setMessagesAside(finding: Finding): void {
  const messages = finding.found.filter(({ text }) => START.test(text.slice(0, 2000)))
  if (messages.length === 0) return
  const rest = finding.found.filter(found => !messages.includes(found))
  finding.found.splice(0, finding.found.length, ...rest)
  for (const { text, place } of messages) {
    const [issue] = objectsOf(parseObject(text)['issue'])
    finding.unusable.push({ reason: 'clinic-message', example: textOf(issue?.['diagnostics'], 100) ?? place })
  }
}
