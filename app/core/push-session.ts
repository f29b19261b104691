import type { StoreFailure } from './ports.ts'
import type { Stop } from './session.ts'

/** The part of the session that is about being told, on this device and while the app is closed, that something came; decision 0054. */
export interface PushSession {
  /** Off before a vault is open. */
  watchPush(listener: (choice: PushChoice) => void): Promise<Stop>
  /** The relay's key, to which a browser binds a subscription. */
  pushKey(): Promise<PushKey>
  /**
   * Subscribes this browser's endpoint for letters now, and for conversations soon; the same again renews it, another one takes its
   * place. On once it answers ok.
   */
  turnOnPush(subscribed: PushRequest): Promise<PushAnswer>
  /** What the relay does not hear now ends when the browser's endpoint does. */
  turnOffPush(): Promise<void>
}

export type PushChoice =
  | { readonly isOn: false }
  | { readonly isOn: true; readonly endpoint: string; readonly quiet?: QuietTimes }

/** Minutes of this device's day; over midnight where `from` is the later one. */
export interface QuietTimes {
  readonly from: number
  readonly to: number
}

export interface PushRequest {
  readonly endpoint: string
  readonly quiet?: QuietTimes
}

export type PushKey =
  | { readonly kind: 'key'; readonly key: Uint8Array<ArrayBuffer> }
  /** Whoever runs the relay has none of it. */
  | { readonly kind: 'not-offered' }
  | { readonly kind: 'unreachable' }

export type PushAnswer =
  | { readonly kind: 'on' }
  | { readonly kind: 'locked' }
  /** Whoever runs the relay lets nothing be sent to this browser's maker. */
  | { readonly kind: 'not-offered' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }
