import { fail, ok, type Result } from '#schema/result.ts'

/** Where a value stands in a text, and how many levels of lists and objects it holds. */
export interface Slice {
  readonly start: number
  readonly end: number
  readonly depth: number
}

/** `atEnd`: the text ends in the middle of a value. */
export interface NotJson {
  readonly at: number
  readonly atEnd: boolean
}

class NotJsonStop extends Error {
  readonly at: number
  constructor(at: number) {
    super('not JSON')
    this.at = at
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const isSpace = (code: number) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
const isDigit = (code: number) => code >= 0x30 && code <= 0x39
const WORDS = ['true', 'false', 'null']
const ESCAPES = '"\\/bfnrt'
const HEX4 = /[0-9a-fA-F]{4}/y

/**
 * Walks strict JSON (RFC 8259) without building it, so that each resource's own text can be sliced out of a file. Uses no
 * recursion: no nesting is too deep for it. Its methods stop the surrounding `readJson` at the first wrong character.
 */
export class JsonCursor {
  readonly text: string
  position: number

  constructor(text: string, position = 0) {
    this.text = text
    this.position = position
  }

  #stop(): never {
    throw new NotJsonStop(this.position)
  }

  skipSpace(): void {
    while (isSpace(this.text.charCodeAt(this.position))) this.position += 1
  }

  /** The next character that is not white space; empty at the end. */
  peek(): string {
    this.skipSpace()
    return this.text.charAt(this.position)
  }

  enter(bracket: '{' | '['): void {
    if (this.peek() !== bracket) this.#stop()
    this.position += 1
  }

  /** The next member's name, standing before its value; undefined when the object has ended. */
  nextMember(isFirst: boolean): string | undefined {
    if (this.peek() === '}') {
      this.position += 1
      return undefined
    }
    if (!isFirst) this.#expect(',')
    const name = this.#name()
    this.#expect(':')
    return name
  }

  /** Stands before the list's next item; false when the list has ended. */
  nextItem(isFirst: boolean): boolean {
    if (this.peek() === ']') {
      this.position += 1
      return false
    }
    if (!isFirst) this.#expect(',')
    return true
  }

  #expect(character: string): void {
    if (this.peek() !== character) this.#stop()
    this.position += 1
  }

  #name(): string {
    this.skipSpace()
    const start = this.position
    this.#string()
    const parsed: unknown = JSON.parse(this.text.slice(start, this.position))
    return String(parsed)
  }

  #string(): void {
    if (this.text.charCodeAt(this.position) !== QUOTE) this.#stop()
    for (this.position += 1; ; this.position += 1) {
      const code = this.text.charCodeAt(this.position)
      if (code === QUOTE) break
      if (code === BACKSLASH) this.#escape()
      else if (!(code >= 0x20)) this.#stop()
    }
    this.position += 1
  }

  #escape(): void {
    this.position += 1
    const letter = this.text.charAt(this.position)
    if (letter === 'u') {
      HEX4.lastIndex = this.position + 1
      if (!HEX4.test(this.text)) {
        this.position = Math.min(this.position + 5, this.text.length)
        this.#stop()
      }
      this.position += 4
    } else if (letter === '' || !ESCAPES.includes(letter)) this.#stop()
  }

  #digits(): void {
    if (!isDigit(this.text.charCodeAt(this.position))) this.#stop()
    while (isDigit(this.text.charCodeAt(this.position))) this.position += 1
  }

  #number(): void {
    if (this.text.charAt(this.position) === '-') this.position += 1
    if (this.text.charAt(this.position) === '0') this.position += 1
    else this.#digits()
    if (this.text.charAt(this.position) === '.') {
      this.position += 1
      this.#digits()
    }
    if (/[eE]/.test(this.text.charAt(this.position))) {
      this.position += 1
      if (/[+-]/.test(this.text.charAt(this.position))) this.position += 1
      this.#digits()
    }
  }

  #plain(first: string): void {
    if (first === '"') return this.#string()
    if (first === '-' || isDigit(first.charCodeAt(0))) return this.#number()
    const word = WORDS.find(candidate => candidate.startsWith(first))
    if (first === '' || word === undefined) this.#stop()
    for (const letter of word) {
      if (this.text.charAt(this.position) !== letter) this.#stop()
      this.position += 1
    }
  }

  /** Walks over one whole value. */
  value(): Slice {
    this.skipSpace()
    const start = this.position
    const open: ('}' | ']')[] = []
    let depth = 0
    let isFirst = true
    do {
      if (!this.#isAtValue(open, isFirst)) {
        isFirst = false
        continue
      }
      const first = this.peek()
      isFirst = first === '{' || first === '['
      if (isFirst) {
        open.push(first === '{' ? '}' : ']')
        this.position += 1
        depth = Math.max(depth, open.length)
      } else this.#plain(first)
    } while (open.length > 0)
    return { start, end: this.position, depth }
  }

  /** Goes on inside the innermost open list or object: to its next value, or past its end (then false). */
  #isAtValue(open: ('}' | ']')[], isFirst: boolean): boolean {
    const close = open.at(-1)
    if (close === undefined) return true
    const next = this.peek()
    if (next === close) {
      this.position += 1
      open.pop()
      return false
    }
    if (!isFirst) this.#expect(',')
    if (close === '}') {
      this.skipSpace()
      this.#string()
      this.#expect(':')
    }
    return true
  }
}

/** Runs `read`; where it met something that is not JSON, says where. */
export function readJson<Value>(text: string, read: () => Value): Result<Value, NotJson> {
  try {
    return ok(read())
  } catch (error) {
    if (error instanceof NotJsonStop) return fail({ at: error.at, atEnd: error.at >= text.length })
    throw error
  }
}

/** The same tokens without the white space between them. `text` from `start` to `end` is one valid JSON value. */
export function compactJson(text: string, start: number, end: number): string {
  const runs: string[] = []
  let runStart = start
  for (let index = start; index < end; index += 1) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) index = stringEnd(text, index)
    else if (code <= 0x20) {
      if (index > runStart) runs.push(text.slice(runStart, index))
      runStart = index + 1
    }
  }
  if (end > runStart) runs.push(text.slice(runStart, end))
  return runs.join('')
}

/** The index of the quote that ends the string beginning at `index`. */
function stringEnd(text: string, index: number): number {
  let end = index
  let isEscaped: boolean
  do {
    end = text.indexOf('"', end + 1)
    let slashes = 0
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1
    isEscaped = slashes % 2 === 1
  } while (isEscaped)
  return end
}
