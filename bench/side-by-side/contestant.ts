import type { Server } from '../relay-process.ts'

/** One append, made beforehand as far as the protocol lets. Settles when the server acknowledged it. */
export type Act = () => Promise<void>

/** One log or document: who writes to it, and who gets what is written. */
export interface Group {
  prepare(count: number, bodyBytes: number): Act[]
  /** Called with how many appends a reader has by then. */
  onDelivered: (reader: number, count: number) => void
  /** Another client, which has nothing yet: settles with how many appends it got, and waits for `expected` where no end is told. */
  catchUp(origin: string, expected: number): Promise<number>
  close(): void
}

export interface Contestant {
  readonly name: string
  /** Of the appends that the relay gets: what costs more gets fewer, so that a run stays short. */
  readonly share: number
  start(folder: string): Promise<Server>
  /** The readers, each at an origin of its own if wanted, see the document before this settles. */
  open(writerOrigin: string, readerOrigins: readonly string[]): Promise<Group>
  /** A socket that says nothing more; settles with what closes it. `at`: the number of the socket, for addresses. */
  idle(origin: string, at: number): Promise<() => void>
}
