import { BESIDE, charsetOf, codePageOf, LETTERS, SYMBOLS, UNKNOWN } from './rtf-letters.ts'

/** Groups deeper than this no program writes. */
const MAX_DEPTH = 500
const MAX_PENDING = 4096
/** In place of a letter that is not known here. */
const UNKNOWN_LETTER = '\uFFFD'

/** What holds within a group, and as it was before behind it. */
interface Group {
  /** No words of the document. */
  isBeside: boolean
  /** Within the table of fonts. */
  isFonts: boolean
  /** Not shown, or deleted. */
  isHidden: boolean
  isRaised: boolean
  font: number
  /** How many letters stand behind a Unicode one for programs that have none (`\uc`). */
  standIns: number
}

/**
 * The words of a file in Rich Text Format (RTF 1.9.1), up to `maxLetters`: text, tabs and ends of lines, nothing of how it looks, but a raised
 * number as `^9`: flat, 10⁹ would be 109. What is hidden or was deleted stays out. A letter whose form is not known is U+FFFD, never a guess:
 * in a font of symbols `m` is µ. Total, in one pass.
 */
export function rtfWords(bytes: Uint8Array, maxLetters: number): { readonly text: string; readonly isUnsure: boolean } {
  const reader = new RtfReader(bytes, maxLetters)
  reader.read()
  return { text: reader.text, isUnsure: reader.isUnsure }
}

class RtfReader {
  isUnsure = false
  readonly #bytes: Uint8Array
  readonly #maxLetters: number
  readonly #fonts = new Map<number, string | undefined>()
  readonly #outer: Group[] = []
  #group: Group = { isBeside: false, isFonts: false, isHidden: false, isRaised: false, font: -1, standIns: 1 }
  #codePage = 'windows-1252'
  #firstFont = -1
  #at = 0
  #text = ''
  /** Bytes of letters, not yet told apart: one letter may have two. */
  #pending: number[] = []
  #pendingEncoding = ''
  #skip = 0
  #fontName = ''

  constructor(bytes: Uint8Array, maxLetters: number) {
    this.#bytes = bytes
    this.#maxLetters = maxLetters
  }

  get text(): string {
    return this.#text.replace(/\n{3,}/g, '\n\n').trim()
  }

  read(): void {
    while (this.#at < this.#bytes.length && this.#text.length < this.#maxLetters) {
      const byte = this.#bytes[this.#at++] ?? 0
      const character = String.fromCharCode(byte)
      if (character === '{') this.#open()
      else if (character === '}') this.#close()
      else if (character === '\\') this.#control()
      else if (character !== '\r' && character !== '\n') this.#letter(byte)
    }
    this.#flush()
  }

  #open(): void {
    this.#flush()
    this.#skip = 0
    this.#outer.push({ ...this.#group })
    if (this.#outer.length <= MAX_DEPTH) return
    this.isUnsure = true
    this.#at = this.#bytes.length
  }

  #close(): void {
    this.#flush()
    this.#skip = 0
    if (this.#group.isFonts) this.#nameFont()
    this.#group = this.#outer.pop() ?? this.#group
  }

  #control(): void {
    const start = this.#at
    while (isLetter(this.#bytes[this.#at]) && this.#at - start < 32) this.#at += 1
    if (this.#at === start) return this.#sign(this.#bytes[this.#at++] ?? 0)
    const word = String.fromCharCode(...this.#bytes.subarray(start, this.#at))
    const number = this.#number()
    if (this.#bytes[this.#at] === 0x20) this.#at += 1
    this.#flush()
    // A control word stands for one letter, too.
    if (this.#skip > 0 && word !== 'u' && word !== 'uc') this.#skip -= 1
    else this.#word(word, number)
  }

  #number(): number | undefined {
    const start = this.#at
    if (this.#bytes[this.#at] === 0x2d) this.#at += 1
    while (isDigit(this.#bytes[this.#at]) && this.#at - start < 11) this.#at += 1
    const digits = String.fromCharCode(...this.#bytes.subarray(start, this.#at))
    return /\d/.test(digits) ? Number(digits) : undefined
  }

  /** A control sign: one character that is no letter. */
  #sign(byte: number): void {
    const sign = String.fromCharCode(byte)
    if (sign === "'") {
      const hex = String.fromCharCode(...this.#bytes.subarray(this.#at, this.#at + 2))
      this.#at += 2
      if (/^[\da-fA-F]{2}$/.test(hex)) this.#letter(Number.parseInt(hex, 16))
    } else if (sign === '*') this.#group.isBeside = true
    else if (sign === '\\' || sign === '{' || sign === '}') this.#letter(byte)
    else if (sign === '~') this.#say('\u00A0')
    else if (sign === '_') this.#say('\u2011')
    else if (sign === '\n' || sign === '\r') this.#say('\n')
  }

  #word(word: string, number: number | undefined): void {
    const letter = LETTERS.get(word)
    if (letter !== undefined) return this.#say(letter)
    if (BESIDE.has(word)) this.#group.isBeside = true
    else if (!this.#saysHowLettersAre(word, number ?? 0)) this.#saysWhatIsShown(word, number)
  }

  #saysHowLettersAre(word: string, number: number): boolean {
    const group = this.#group
    switch (word) {
      case 'u':
        this.#say(unicodeLetter(number & 0xffff))
        this.isUnsure ||= this.#text.endsWith(UNKNOWN_LETTER)
        this.#skip = group.standIns
        return true
      case 'uc':
        group.standIns = Math.min(Math.max(number, 0), 100)
        return true
      case 'bin':
        this.#at += Math.max(number, 0)
        return true
      case 'ansicpg':
        this.#codePage = codePageOf(number)
        return true
      case 'mac':
      case 'pc':
      case 'pca':
        this.#codePage = word === 'mac' ? 'macintosh' : UNKNOWN
        return true
      case 'deff':
        this.#firstFont = number
        return true
      case 'fonttbl':
        group.isFonts = true
        return true
      case 'f':
        group.font = number
        return true
      case 'fcharset':
        if (group.isFonts) this.#fonts.set(group.font, charsetOf(number))
        return true
      default:
        return false
    }
  }

  #saysWhatIsShown(word: string, number: number | undefined): void {
    switch (word) {
      case 'plain':
        Object.assign(this.#group, { font: -1, isHidden: false, isRaised: false })
        break
      case 'v':
      case 'deleted':
        this.#group.isHidden = number !== 0
        break
      case 'super':
        this.#raise(number !== 0)
        break
      case 'up':
        this.#raise(number === undefined || number > 0)
        break
      case 'nosupersub':
        this.#raise(false)
        break
      default:
    }
  }

  #raise(isRaised: boolean): void {
    if (isRaised && !this.#group.isRaised) this.#say('^')
    this.#group.isRaised = isRaised
  }

  /** Fonts of symbols are known by their name, too. */
  #nameFont(): void {
    if (/^\s*(?:symbol|wingdings|webdings|.*dingbats)/i.test(this.#fontName)) this.#fonts.set(this.#group.font, SYMBOLS)
    this.#fontName = ''
  }

  #letter(byte: number): void {
    if (this.#skip > 0) {
      this.#skip -= 1
      return
    }
    const { isFonts, isBeside, isHidden, font } = this.#group
    if (isFonts) {
      // Each font's name ends so.
      if (byte === 0x3b) this.#nameFont()
      else if (this.#fontName.length < 100) this.#fontName += String.fromCharCode(byte)
    }
    if (isFonts || isBeside || isHidden) return
    const encoding = this.#fonts.get(font === -1 ? this.#firstFont : font) ?? this.#codePage
    // Below 0x40 no letter goes on.
    if (encoding !== this.#pendingEncoding || (this.#pending.length > MAX_PENDING && byte < 0x40)) this.#flush()
    this.#pendingEncoding = encoding
    this.#pending.push(byte)
  }

  /** What does not depend on how letters are written. */
  #say(text: string): void {
    this.#flush()
    const { isFonts, isBeside, isHidden } = this.#group
    if (!isFonts && !isBeside && !isHidden) this.#text += text
  }

  #flush(): void {
    if (this.#pending.length === 0) return
    const bytes = Uint8Array.from(this.#pending)
    this.#pending = []
    const text = lettersOf(bytes, this.#pendingEncoding)
    this.isUnsure ||= text.includes(UNKNOWN_LETTER)
    this.#text += text
  }
}

function lettersOf(bytes: Uint8Array, encoding: string): string {
  if (encoding === SYMBOLS) return Array.from(bytes, byte => (byte === 0x20 ? ' ' : UNKNOWN_LETTER)).join('')
  if (encoding !== UNKNOWN) return new TextDecoder(encoding).decode(bytes)
  return Array.from(bytes, byte => (byte < 0x80 ? String.fromCharCode(byte) : UNKNOWN_LETTER)).join('')
}

/** Symbols that Windows keeps where Unicode has no letters of its own (U+F020 on) are as unknown as their fonts. */
const unicodeLetter = (code: number) => (code >= 0xe000 && code <= 0xf8ff ? UNKNOWN_LETTER : String.fromCharCode(code))

const isLetter = (byte = 0) => (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a)
const isDigit = (byte = 0) => byte >= 0x30 && byte <= 0x39
