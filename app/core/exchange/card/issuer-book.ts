import type { Result } from '#schema/result.ts'
import type { StoreFailure } from '../../ports.ts'
import type { IssuerDirectory } from './issuer-directory.ts'
import type { CardIssuer } from './issuer-keys.ts'

/** Where the person's trusted issuers are kept, the same on all of their devices. Changes are durable when they answer ok. */
export interface IssuerBook {
  list(): Promise<readonly CardIssuer[]>
  keep(issuer: CardIssuer): Promise<Result<void, StoreFailure>>
  forget(issuer: string): Promise<Result<void, StoreFailure>>
  directories(): Promise<readonly IssuerDirectory[]>
  /** In the place of one from the same source. */
  keepDirectory(directory: IssuerDirectory): Promise<Result<void, StoreFailure>>
  forgetDirectory(source: string): Promise<Result<void, StoreFailure>>
}

/** Of a record that somebody else shares: nothing is brought in, so nothing is judged. */
export const NO_ISSUERS: IssuerBook = {
  list: async () => [],
  keep: async () => {
    throw new Error('Cannot keep an issuer in a record of somebody else')
  },
  forget: async () => {
    throw new Error('Cannot forget an issuer in a record of somebody else')
  },
  directories: async () => [],
  keepDirectory: async () => {
    throw new Error('Cannot keep a directory in a record of somebody else')
  },
  forgetDirectory: async () => {
    throw new Error('Cannot forget a directory in a record of somebody else')
  },
}
