import type { SealedLog } from '../log/sealed-log.ts'

/** What this device has of a log: `log writer:next …`. */
export function heldText(log: SealedLog): string {
  const feeds = log.feeds().map(({ writer, next }) => `${writer}:${next}`)
  return [log.id, ...feeds].join(' ')
}

/** Whether all that `text` says is here, too. Of another log than this one nothing is asked. */
export function holdsText(log: SealedLog, text: string): boolean {
  const [logId, ...feeds] = text.split(' ')
  if (logId !== log.id) return true
  const next = new Map<string, number>(log.feeds().map(feed => [feed.writer, feed.next]))
  return feeds.every(feed => {
    const [writer = '', count = ''] = feed.split(':')
    return (next.get(writer) ?? 0) >= Number(count)
  })
}
