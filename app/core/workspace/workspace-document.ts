import { ImmutableString } from '@automerge/automerge/slim'
import { type Instant, instant } from '#schema/instant.ts'
import { MAX_MESSAGE_CHARS, MAX_SUBJECT_CHARS } from '#schema/messages/item.ts'
import { isObject, parseObject } from '#schema/record/fhir/json.ts'
import { textIn } from '../record/flat-fields.ts'
import type { Template } from '../workspace-session.ts'

/** The home log's shard of what is kept by who looks after patients: templates by their ids, and how soon they answer. */
export const WORKSPACE_SHARD = 'workspace'

export type WorkspaceDocument = Record<string, unknown>

const TEMPLATE = 'template '
const TIMES = 'answer-times'
const SHOWN = 'free-times'
const ID = /^[0-9a-f]{32}$/

export function readTemplates(doc: Readonly<WorkspaceDocument>): readonly Template[] {
  const found = Object.keys(doc).flatMap(name => {
    const id = name.startsWith(TEMPLATE) ? name.slice(TEMPLATE.length) : ''
    const { title, text } = parseObject(textIn(doc[name]) ?? '')
    const template = { id, title, text }
    return isTemplate(template) ? [template] : []
  })
  return found.toSorted((a, b) => a.title.localeCompare(b.title) || (a.id < b.id ? -1 : 1))
}

export function isTemplate(value: unknown): value is Template {
  if (!isObject(value)) return false
  const { id, title, text } = value
  return typeof id === 'string' && ID.test(id) && isText(title, MAX_SUBJECT_CHARS) && isText(text, MAX_MESSAGE_CHARS)
}

const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= most

/** Undefined where it was never said for all. */
export function readTimes(
  doc: Readonly<WorkspaceDocument>,
): { readonly text: string; readonly since: Instant } | undefined {
  const { text, since } = parseObject(textIn(doc[TIMES]) ?? '')
  if (typeof text !== 'string' || text.length > MAX_SUBJECT_CHARS || !Number.isSafeInteger(since)) return undefined
  return { text, since: instant(since as number) }
}

/** Whether their patients see their free times; undefined where nobody ever chose that. */
export function showsFreeTimes(doc: Readonly<WorkspaceDocument>): boolean | undefined {
  return doc[SHOWN] === undefined ? undefined : doc[SHOWN] === 1
}

// ── inside a change ──

export function putShowsFreeTimes(doc: WorkspaceDocument, isOn: boolean): void {
  doc[SHOWN] = isOn ? 1 : 0
}

export function putTemplate(doc: WorkspaceDocument, { id, title, text }: Template): void {
  doc[`${TEMPLATE}${id}`] = new ImmutableString(JSON.stringify({ title: title.trim(), text: text.trim() }))
}

export function dropTemplate(doc: WorkspaceDocument, id: string): void {
  delete doc[`${TEMPLATE}${id}`]
}

export function putTimes(doc: WorkspaceDocument, text: string, since: Instant): void {
  doc[TIMES] = new ImmutableString(JSON.stringify({ text: text.trim(), since }))
}
