/**
 * The words of `list` most like `typed`, best first: fewest slips of the finger (an abbreviation counts as one), then the
 * longest common beginning.
 */
export function nearestWords(typed: string, list: readonly string[], count: number): string[] {
  const short = typed.slice(0, 16)
  return list
    .map(word => ({
      word,
      slips: isAbbreviation(short, word) ? 1 : countSlips(short, word),
      shared: commonStart(short, word),
    }))
    .sort((a, b) => a.slips - b.slips || b.shared - a.shared)
    .slice(0, count)
    .map(({ word }) => word)
}

/** Four letters name a BIP39 word; three leave few. */
const isAbbreviation = (typed: string, word: string) => typed.length >= 3 && word.startsWith(typed)

function commonStart(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return length
}

/** Optimal string alignment distance: letters added, left out, replaced, or two neighbours swapped. */
function countSlips(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  for (let row = 1; row <= a.length; row++) {
    const above = rows[row - 1]!
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const replaced = above[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1)
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      const swapped = isSwap ? rows[row - 2]![column - 2]! + 1 : Number.POSITIVE_INFINITY
      current.push(Math.min(above[column]! + 1, current[column - 1]! + 1, replaced, swapped))
    }
    rows.push(current)
  }
  return rows[a.length]![b.length]!
}
