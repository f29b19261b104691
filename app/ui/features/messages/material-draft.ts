import type { FileId } from '#schema/ids.ts'
import type { KeptMaterial } from '#app/core/material-session.ts'
import { webAddress } from '#schema/requests/material-content.ts'

export const MATERIAL_FORMS = ['text', 'file', 'address', 'topic'] as const
export type MaterialForm = (typeof MATERIAL_FORMS)[number]

/** What was typed and chosen so far: all forms at once, so that nothing is lost by a look at another one. */
export interface MaterialDraft {
  readonly title: string
  readonly form: MaterialForm
  readonly text: string
  readonly address: string
  readonly topic: string
  /** To those who get it now. */
  readonly words: string
  /** Which of those that are kept it is, and which of that one's files go with it. */
  readonly keptId: string
  readonly keptFiles: readonly FileId[]
}

export const NEW_MATERIAL: MaterialDraft = {
  title: '',
  form: 'text',
  text: '',
  address: '',
  topic: '',
  words: '',
  keptId: '',
  keptFiles: [],
}

/** What it says in the form that was chosen. */
export function contentOf({ title, form, text, address, topic }: MaterialDraft) {
  const body = { text: { text }, file: {}, address: { address: webAddress(address.trim()) ?? '' }, topic: { topic } }
  return { title, ...body[form] }
}

export function draftOf({ id, title, text, address, topic, files }: KeptMaterial): Omit<MaterialDraft, 'words'> {
  return {
    title,
    form: formOf({ text, address, topic }),
    text: text ?? '',
    address: address ?? '',
    topic: topic ?? '',
    keptId: id,
    keptFiles: files.map(file => file.id),
  }
}

export function formOf({
  text,
  address,
  topic,
}: Readonly<Partial<Record<MaterialForm, string | undefined>>>): MaterialForm {
  if (text !== undefined) return 'text'
  if (address !== undefined) return 'address'
  return topic === undefined ? 'file' : 'topic'
}

/** Whether it says nothing else than what is kept. */
export function saysTheSame(draft: MaterialDraft, material: KeptMaterial): boolean {
  const kept = draftOf(material)
  const said = (one: Omit<MaterialDraft, 'words'>) =>
    JSON.stringify([contentOf({ ...one, words: '' }), one.form, one.keptFiles])
  return said(draft) === said(kept)
}

export const isBegun = ({ title, text, address, words }: MaterialDraft): boolean =>
  [title, text, address, words].some(one => one.trim() !== '')
