import { useViews } from '../session.ts'

/** Whoever came from where one chooses what to write wants to see what has become of it. */
const CHOICE = /\/(add|import)$/

/** Where a form leads: to the page of the record that it was opened from, which stays in memory alone. */
export function useWayOut() {
  const views = useViews()
  return {
    /** For "Back". `parent` is for who came by the form’s address. */
    back: (parent: string) => ({ href: views.cameFrom() ?? parent }),
    /** Once it is saved; `made` is the page of what was. */
    onward(made: string): string {
      const page = views.cameFrom()
      return page === undefined || CHOICE.test(page) ? made : page
    },
  }
}
