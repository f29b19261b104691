import { objectsOf, parseObject, textOf } from '#schema/record/fhir/json.ts'
import type { Finding } from '../find-resources.ts'

const START = /^\{(?:[^{}[\]]*,)?"resourceType":"OperationOutcome"/

/** What a server says of a search (FHIR R4 `search.mode` outcome) is no part of the record: it is listed as not brought in. */
export function setMessagesAside(finding: Finding): void {
  setAside(finding, messagesIn(finding))
}

/** As `setMessagesAside`, of an answer that was saved as a file; a message that is all of a file is what was chosen. */
export function setMessagesBesideAside(finding: Finding): void {
  const messages = messagesIn(finding)
  if (messages.length < finding.found.length) setAside(finding, messages)
}

const messagesIn = ({ found }: Finding) => found.filter(({ text }) => START.test(text.slice(0, 2000)))

function setAside(finding: Finding, messages: Finding['found']): void {
  if (messages.length === 0) return
  const rest = finding.found.filter(found => !messages.includes(found))
  finding.found.splice(0, finding.found.length, ...rest)
  for (const { text, place } of messages) {
    const [issue] = objectsOf(parseObject(text)['issue'])
    finding.unusable.push({ reason: 'clinic-message', example: textOf(issue?.['diagnostics'], 100) ?? place })
  }
}
