/** The words as typed or scanned, one by one, in small letters. */
export function wordsIn(text: string): readonly string[] {
  return text
    .trim()
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter(word => word !== '' && !/^\d+[.)]?$/.test(word))
}

/** The text with word `position` (from 1) exchanged. Numbers that were copied along from the sheet are left out. */
export function withWord(text: string, position: number, word: string): string {
  return wordsIn(text)
    .map((each, index) => (index === position - 1 ? word : each))
    .join(' ')
}
