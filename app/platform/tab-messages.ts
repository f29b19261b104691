/** Between a window and its own worker. */
export type ToWorker =
  /** The window's session port, and the origin of the relay, which only the page knows. */
  | { readonly kind: 'window'; readonly port: MessagePort; readonly relay: string }
  /** A guest's port, passed on from the service worker. */
  | { readonly kind: 'guest'; readonly port: MessagePort; readonly life: string }
  /** This worker's own port is with the service worker now. */
  | { readonly kind: 'brokered' }
  /** Some browsers tell windows alone. */
  | { readonly kind: 'network'; readonly isOnline: boolean }

export type ToWindow =
  /** This tab's worker owns the vault, or no longer does. */
  | { readonly kind: 'owner'; readonly isOwner: boolean }
  /** Please hand `port` to the service worker. */
  | { readonly kind: 'broker'; readonly port: MessagePort; readonly life: string }

/** Between windows and the service worker, which only passes ports on. */
export type ToServiceWorker =
  | { readonly kind: 'broker'; readonly port: MessagePort; readonly life: string }
  | { readonly kind: 'skip-waiting' }

export type FromServiceWorker =
  /** Answer true on `answer` if your tab owns the vault. */
  | { readonly kind: 'are-you-owner'; readonly answer: MessagePort }
  | { readonly kind: 'guest'; readonly port: MessagePort; readonly life: string }

/** Lock that the vault's one owner holds. */
export const OWNER_LOCK = 'wellkeep/owner'
/** Where owners tell the other workers of themselves. */
export const OWNER_CHANNEL = 'wellkeep/owner'
/** `opening`: said again and again by a worker that has the lock and is not ready yet. `changed`: it can be visited. */
export type OfOwner = 'opening' | 'changed'
