import { NO_FILTER } from '../../views.ts'
import { useRecordPath, useViews } from '../../session.ts'

/**
 * Addresses of the library's pages. Browsers write addresses to disk (decision 7), and what somebody reads tells what they have: so a topic
 * stands in one as a random key of this window's memory, which a lock or a reload forgets.
 */
export function useTopicPath() {
  const to = useRecordPath()
  const views = useViews()
  return {
    /** `from`: the page that "Back" leads to. */
    pathOf: (id: string, from = ''): string => to(`/learn/${views.keyOf({ ...NO_FILTER, text: `${id} ${from}` })}`),
    /** No id for a key from before. */
    topicOf: (key = ''): { readonly id: string; readonly from: string } => {
      const [id = '', from = ''] = views.filterOf(key).text.split(' ')
      return { id, from }
    },
  }
}
