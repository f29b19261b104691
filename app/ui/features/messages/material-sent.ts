import type { ShownFile } from '#app/core/file-session.ts'
import type { RequestDetail } from '#app/core/request-session.ts'
import { FileId } from '#schema/ids.ts'
import { isObject } from '#schema/record/fhir/json.ts'
import type { Inline } from '../../record/markdown/parse-inline.ts'
import { type Block, parseMarkdown } from '../../record/markdown/parse-markdown.ts'

interface MaterialSent {
  readonly text?: string
  readonly address?: string
  readonly topic?: string
  readonly words?: string
  readonly files: readonly ShownFile[]
}

/** What the step that opened it says, as its form read it. */
export function materialIn({ history }: Pick<RequestDetail, 'history'>): MaterialSent | undefined {
  const data = history.find(({ kind, standing }) => kind === 'send' && standing === 'counts')?.data
  if (data === undefined) return undefined
  const files = Array.isArray(data['files']) ? data['files'].flatMap(one => shownFile(one) ?? []) : []
  return { ...(data as Omit<MaterialSent, 'files'>), files }
}

function shownFile(file: unknown): ShownFile | undefined {
  if (!isObject(file)) return undefined
  const { fileId, name, type, bytes } = file
  const id = typeof fileId === 'string' ? FileId.parse(fileId) : undefined
  if (id === undefined || typeof name !== 'string' || typeof bytes !== 'number') return undefined
  return { id, name, type: typeof type === 'string' ? type : '', bytes, hasPreview: false }
}

/** Files that the text does not show. */
export function unnamedIn({ text, files }: Pick<MaterialSent, 'text' | 'files'>): readonly ShownFile[] {
  const named = picturesNamed(text ?? '')
  return files.filter(({ name }) => !named.has(name))
}

/** Names of the files that a text in Markdown shows. */
export const picturesNamed = (text: string): ReadonlySet<string> => new Set(parseMarkdown(text).flatMap(picturesIn))

/** What shows a file in a text; undefined for a name that nothing can show. */
export function markOfPicture(name: string): string | undefined {
  const words = name.replace(/\.[a-z0-9]+$/i, '').replace(/[[\]\\]/g, ' ')
  const mark = `![${words}](${name})`
  return picturesNamed(mark).has(name) ? mark : undefined
}

function picturesIn(block: Block): readonly string[] {
  if (block.is === 'list') return block.items.flat().flatMap(picturesIn)
  if (block.is === 'quote') return block.blocks.flatMap(picturesIn)
  return 'parts' in block ? block.parts.flatMap(namesIn) : []
}

function namesIn(part: Inline): readonly string[] {
  if (part.is === 'picture') return [part.name]
  return 'parts' in part ? part.parts.flatMap(namesIn) : []
}
