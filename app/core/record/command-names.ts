import { hash } from '#crypto/hash.ts'
import { utf8 } from '#schema/bytes.ts'

/** Names one command, so that it adds nothing twice when it is sent again to a new owner of the vault (decision 2). */
export interface Command {
  /** Made anew for each command by whoever sends it: at least 122 random bits. Not secret. */
  readonly id: string
  /** It may have been carried out already. */
  readonly isAgain: boolean
}

/** The bytes that an entry's name is made of, up to 32, by how many names of it were taken already. */
export type NameBytes = (attempt: number) => (count: number) => Uint8Array

/** As good as random for anybody else; the same each time the command is sent. `index`: which of its entries, from 0. */
export function bytesOfCommand(id: string, index: number): NameBytes {
  return attempt => {
    const bytes = hash(utf8(`wk/1/entry-name/${id}/${index}/${attempt}`))
    return count => bytes.subarray(0, count)
  }
}
