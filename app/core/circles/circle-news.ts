import type { CircleNews } from '../circle-session.ts'
import { isWithin, type Reach } from '../messages/marks.ts'
import type { CircleSight, Said } from './circle-sight.ts'
import { memberOf, shownCircle } from './shown-circle.ts'
import type { Asker } from './who-is-in.ts'

const NOTHING: Reach = new Map()

/** What this person has not looked at. What is said is not told of where they keep it quiet; what waits for them, and what became of them, is. */
export function newsIn(sight: CircleSight, asking: readonly Asker[]): CircleNews | undefined {
  const circle = shownCircle(sight, asking)
  if (circle === undefined) return undefined
  const { name, you, isOver, whyOver, isMuted, reports } = circle
  const { seen, known, content } = sight
  const isLetIn = !known.isOwn && !isOver && !seen.has('posts')
  const isQuiet = isMuted || isLetIn
  const isNew = (said: Said, reach: Reach) => !isWithin(reach, said) && isOfOthers(sight, said)
  const posts = isQuiet ? [] : content.threads.flatMap(({ messages }) => messages.slice(0, 1))
  const mine = isQuiet ? [] : content.threads.filter(({ messages }) => memberOf(sight, messages[0]!.by).isYou)
  return {
    name,
    you: you.name,
    isOver,
    isLetIn,
    isModeratorNew: you.role === 'moderator' && !isOver && !sight.hasSeenModerating,
    ...(whyOver === undefined ? {} : { whyOver }),
    isOverNew: isOver && !known.isOwn && !sight.hasSeenOver,
    postCount: posts.filter(said => isNew(said, seen.get('posts') ?? NOTHING)).length,
    comments: mine.flatMap(({ id, messages }) => {
      const count = messages.slice(1).filter(said => isNew(said, seen.get(id) ?? NOTHING)).length
      return count === 0 ? [] : [{ postId: id, count }]
    }),
    askingCount: isOver ? 0 : asking.length,
    reportCount: isOver ? 0 : reports.length,
  }
}

const isOfOthers = (sight: CircleSight, { id, by }: Said) =>
  !memberOf(sight, by).isYou && !sight.hidden.has(id) && !sight.circle.takenDown.has(id)
