import type { IssuerBook } from '#app/core/exchange/card/issuer-book.ts'
import type { IssuerDirectory } from '#app/core/exchange/card/issuer-directory.ts'
import type { CardIssuer } from '#app/core/exchange/card/issuer-keys.ts'
import { ok } from '#schema/result.ts'

/** Trusted issuers in memory. */
export function memoryIssuers(): IssuerBook {
  const byAddress = new Map<string, CardIssuer>()
  const directories = new Map<string, IssuerDirectory>()
  return {
    list: async () => [...byAddress.values()],
    async keep(issuer) {
      byAddress.set(issuer.issuer, issuer)
      return ok(undefined)
    },
    async forget(issuer) {
      byAddress.delete(issuer)
      return ok(undefined)
    },
    directories: async () => [...directories.values()],
    async keepDirectory(directory) {
      directories.set(directory.source, directory)
      return ok(undefined)
    },
    async forgetDirectory(source) {
      directories.delete(source)
      return ok(undefined)
    },
  }
}
