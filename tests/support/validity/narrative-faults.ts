/** What FHIR allows in a narrative: https://hl7.org/fhir/R4/narrative.html#xhtml (txt-1, txt-2). */
const ELEMENTS = new Set(
  (
    'p br div h1 h2 h3 h4 h5 h6 a span b em i strong small big tt cite code dfn kbd pre q samp var abbr acronym address ' +
    'blockquote ul ol li dl dt dd hr table thead tbody tfoot tr td th caption colgroup col img map area sub sup'
  ).split(' '),
)
const ATTRIBUTES = new Set(
  (
    'xmlns lang xml:lang dir title id class style href name alt src colspan rowspan scope headers abbr align valign width height ' +
    'border cellpadding cellspacing start type value'
  ).split(' '),
)
const TAG = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+=(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y
const ENTITY = /&(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);/y

/** What is wrong with a `div`: not well-formed, elements or attributes that could do something, or nothing to read in it. */
export function narrativeFaults(div: string): readonly string[] {
  const faults: string[] = []
  const open: string[] = []
  let words = ''
  for (let at = 0; at < div.length; ) {
    const character = div.charAt(at)
    const form = character === '<' ? TAG : character === '&' ? ENTITY : undefined
    if (form === undefined) {
      words += character
      at += 1
      continue
    }
    form.lastIndex = at
    const match = form.exec(div)
    if (match === null) return [...faults, `not well-formed at ${at}`]
    if (form === TAG) faults.push(...tagFaults(match, open))
    else words += '?'
    at = form.lastIndex
  }
  if (open.length > 0) faults.push(`<${open.join('><')}> not closed`)
  if (!/^<div xmlns=(["'])http:\/\/www\.w3\.org\/1999\/xhtml\1/.test(div)) faults.push('no XHTML div')
  if (words.trim() === '') faults.push('says nothing')
  return faults
}

function tagFaults([, slash, name = '', attributes = '', isEmpty]: RegExpExecArray, open: string[]): readonly string[] {
  if (slash === '/') return open.pop() === name ? [] : [`</${name}> ends nothing`]
  if (isEmpty === '') open.push(name)
  const names = Array.from(attributes.matchAll(/([\w:-]+)=(?:"([^"]*)"|'([^']*)')/g))
  return [
    ...(ELEMENTS.has(name) ? [] : [`<${name}> is not allowed`]),
    ...names.flatMap(([, attribute = '', double, single]) => [
      ...(ATTRIBUTES.has(attribute) ? [] : [`${attribute} is not allowed`]),
      ...(/^\s*(?:javascript|vbscript|data):/i.test(double ?? single ?? '') ? [`${attribute} is code`] : []),
    ]),
  ]
}
