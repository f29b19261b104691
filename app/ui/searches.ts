/**
 * What was searched for, by keys that may stand in an address. The words themselves must not: browsers write addresses
 * to their history on disk and to other machines. Forgotten at lock and reload.
 */
export interface Searches {
  /** Empty for none, and for a key from before. */
  textOf(key: string): string
  /** Empty for no text. */
  keyOf(text: string): string
  forget(): void
}

export function makeSearches(): Searches {
  const texts = new Map<string, string>()
  const keys = new Map<string, string>()
  return {
    textOf: key => texts.get(key) ?? '',
    keyOf(text) {
      if (text === '') return ''
      const key = keys.get(text) ?? crypto.randomUUID().slice(0, 8)
      texts.set(key, text)
      keys.set(text, key)
      return key
    },
    forget() {
      texts.clear()
      keys.clear()
    },
  }
}
