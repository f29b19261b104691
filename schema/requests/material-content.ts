import type { FieldReader } from '../record/field-reader.ts'

export const MAX_MATERIAL_CHARS = 8192
export const MAX_MATERIAL_FILES = 6
const MAX_ADDRESS = 2000
const TOPIC = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** As the browser reads it; undefined for what is no https address, or has a name or password in it. */
export function webAddress(text: string): string | undefined {
  const url = text.length <= MAX_ADDRESS && URL.canParse(text) ? new URL(text) : undefined
  const isPlain = url?.protocol === 'https:' && url.username === '' && url.password === ''
  return isPlain && url.href.length <= MAX_ADDRESS ? url.href : undefined
}

/** A title, and at most one of a text in Markdown, a web address and a topic of the library. */
export function contentIn(read: FieldReader) {
  const content = {
    title: read.text('title'),
    ...read.optionalText('text', MAX_MATERIAL_CHARS),
    ...addressIn(read),
    ...read.optionalText('topic'),
  }
  if (content.topic !== undefined && !TOPIC.test(content.topic)) read.stop('topic')
  const { text, address, topic } = content
  return [text, address, topic].filter(one => one !== undefined).length > 1 ? read.stop('text') : content
}

function addressIn(read: FieldReader): { readonly address?: string } {
  const { address: typed } = read.optionalText('address', MAX_ADDRESS)
  return typed === undefined ? {} : { address: webAddress(typed) ?? read.stop('address') }
}
