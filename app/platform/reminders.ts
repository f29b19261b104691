/** Reminders as the browser shows them; there is none while the app cannot run. */
export interface Reminders {
  readonly isPossible: boolean
  isAllowed(): boolean
  /** Asks the person; must be called from a tap. */
  ask(): Promise<boolean>
  /** Takes the place of one of the same `tag`. */
  show(reminder: { readonly title: string; readonly tag: string }): Promise<void>
}

/** Through the service worker, as phones show none of a page's own. */
export function browserReminders(): Reminders {
  const isPossible = 'Notification' in globalThis && 'serviceWorker' in navigator
  return {
    isPossible,
    isAllowed: () => isPossible && Notification.permission === 'granted',
    ask: async () => isPossible && (await Notification.requestPermission()) === 'granted',
    async show({ title, tag }) {
      const registration = await navigator.serviceWorker.ready
      await registration.showNotification(title, { tag, icon: '/icon.svg' })
    },
  }
}
