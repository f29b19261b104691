import type { SummaryPart } from './create-summary.ts'

interface SummaryWords {
  readonly title: string
  readonly language: string
  readonly dir: string
  /** What is not on the page. */
  readonly limits: readonly string[]
  readonly empty: string
}

/** A page that prints, in one file, with no script and nothing that it would fetch. */
export function summaryHtml(
  words: SummaryWords,
  facts: readonly { readonly name: string; readonly value: string }[],
  parts: readonly SummaryPart[],
): string {
  const list = facts.map(({ name, value }) => `<dt>${escaped(name)}</dt><dd dir="auto">${escaped(value)}</dd>`)
  const sections = parts.map(({ title, lines }) => {
    const items = lines.map(line => `<li>${escaped(line)}</li>`).join('')
    return `<section><h2>${escaped(title)}</h2>${items === '' ? `<p>${escaped(words.empty)}</p>` : `<ul>${items}</ul>`}</section>`
  })
  const limits = words.limits.map(limit => `<p>${escaped(limit)}</p>`)
  return [
    `<!doctype html><html lang="${escaped(words.language)}" dir="${escaped(words.dir)}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escaped(words.title)}</title><style>body{font:1rem/1.5 system-ui;max-width:45rem;margin:2rem auto;padding:0 1rem}`,
    'dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}dd{margin:0;font-weight:600}section{break-inside:avoid-page}</style></head>',
    `<body><h1 dir="auto">${escaped(words.title)}</h1><dl>${list.join('')}</dl>${limits.join('')}${sections.join('')}</body></html>`,
  ].join('\n')
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, character => ENTITIES[character] ?? character)
}
