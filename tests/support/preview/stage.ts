import type { VaultState } from '#app/core/session.ts'

/** The vault as the address asks for it. */
export function stageFrom(params: URLSearchParams, open: VaultState & { readonly kind: 'open' }): VaultState {
  switch (params.get('vault') ?? 'open') {
    case 'empty':
      return { kind: 'empty' }
    case 'locked':
      return { kind: 'locked', isSample: false }
    case 'sample':
      return { ...open, isSample: true }
    case 'new':
      return { ...open, kitConfirmed: false, kitIsHere: true }
    default:
      return open
  }
}
