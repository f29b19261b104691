import type { Result } from '#schema/result.ts'
import type { StoreFailure } from '../../ports.ts'
import type { CardIssuer } from './issuer-keys.ts'

/** Where the person's trusted issuers are kept, the same on all of their devices. Changes are durable when they answer ok. */
export interface IssuerBook {
  list(): Promise<readonly CardIssuer[]>
  keep(issuer: CardIssuer): Promise<Result<void, StoreFailure>>
  forget(issuer: string): Promise<Result<void, StoreFailure>>
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
}
