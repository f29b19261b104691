/** A topic of the library that somebody wants to read, or has read; `none` takes the mark away. */
export interface TopicMark {
  /** `TopicId`, of whatever version of the app. */
  readonly topic: string
  readonly mark: 'later' | 'read' | 'none'
}

/** Of each topic a field of its own, so that two devices' marks of different ones unite. */
const PREFIX = 'topic '
const TOPIC = /^[a-z0-9-]{1,60}$/
const MARKS: readonly TopicMark['mark'][] = ['none', 'later', 'read']
const MAX_MARKS = 500

/** By name, without those that were taken away. */
export function readMarks(doc: Readonly<Record<string, unknown>>): readonly TopicMark[] {
  return Object.keys(doc)
    .toSorted()
    .flatMap(name => {
      const topic = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : ''
      const mark = MARKS[Number(doc[name])]
      return TOPIC.test(topic) && mark !== undefined && mark !== 'none' ? [{ topic, mark }] : []
    })
}

export const areMarks = (marks: readonly TopicMark[]): boolean =>
  marks.length <= MAX_MARKS && marks.every(({ topic, mark }) => TOPIC.test(topic) && MARKS.includes(mark))

/** Those that are not in `marks` stay as they are. */
export function writeMarks(doc: Record<string, unknown>, marks: readonly TopicMark[]): void {
  for (const { topic, mark } of marks) doc[`${PREFIX}${topic}`] = MARKS.indexOf(mark)
}
