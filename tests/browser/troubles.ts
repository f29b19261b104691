import type { BrowserContext, Page, WebError } from 'playwright'

/** What goes wrong in a browser without anybody seeing it. A test fails on any it did not announce. */
export class Troubles {
  readonly #origin: string
  readonly #found: string[] = []
  readonly #expected: RegExp[] = []

  constructor(origin: string) {
    this.#origin = origin
  }

  watch(context: BrowserContext): void {
    for (const page of context.pages()) this.#watchPage(page)
    context.on('page', page => this.#watchPage(page))
    context.on('weberror', thrown => this.#found.push(`page error: ${tellThrown(thrown)}`))
    context.on('request', request => {
      const url = new URL(request.url())
      const isOurs = url.origin === this.#origin || url.protocol === 'blob:' || url.protocol === 'data:'
      if (!isOurs) this.#found.push(`request to a stranger: ${request.url()}`)
    })
  }

  #watchPage(page: Page): void {
    page.on('crash', () => this.#found.push('the page crashed'))
    page.on('console', message => {
      if (message.type() === 'error') this.#found.push(`console: ${message.text()} (${message.location().url})`)
    })
    page.on('websocket', socket => {
      if (new URL(socket.url()).host !== new URL(this.#origin).host) {
        this.#found.push(`socket to a stranger: ${socket.url()}`)
      }
    })
  }

  /** From now on, and for what was found before: this is part of the story. */
  expect(...patterns: readonly RegExp[]): void {
    this.#expected.push(...patterns)
  }

  /** The relay or the network is taken away in this story. */
  expectCutNetwork(): void {
    this.expect(/net::ERR_/, /WebSocket connection to .* failed/, /Failed to load resource/)
  }

  get unexpected(): readonly string[] {
    return this.#found.filter(each => !this.#expected.some(pattern => pattern.test(each)))
  }

  expectNone(): void {
    if (this.unexpected.length > 0) throw new Error(`Unexpected in the browser:\n${this.unexpected.join('\n')}`)
  }
}

/** What the browser itself rejects with has no stack. Whether it was a page or its worker is told by the script. */
function tellThrown(thrown: WebError): string {
  const { name, message, stack } = thrown.error()
  const { url, line, column } = thrown.location()
  const place = url === '' ? 'no script' : `${url}:${line + 1}:${column + 1}`
  return [`${name}: ${message} (at ${place})`, stack].filter(Boolean).join('\n')
}
