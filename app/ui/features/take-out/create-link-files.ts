import { createSignal } from 'solid-js'
import { MAX_LINK_FILES_MB } from '#app/core/out-link-session.ts'
import type { PaperFailure } from '#app/core/paper-session.ts'
import type { SaveFailure } from '#app/core/session.ts'
import type { EntryId } from '#schema/record/entry.ts'
import { createAnswer } from '../../record/create-answer.ts'
import { titleOfFile } from '../../record/file-words.ts'
import { useSession } from '../../session.ts'

export type NotAdded = PaperFailure | SaveFailure | { readonly kind: 'private' }

const MAX_BYTES = MAX_LINK_FILES_MB * 1_000_000

/** Which documents' files go along with a link: none at first. The record is asked for them once somebody wants to choose. */
export function createLinkFiles() {
  const session = useSession()
  const [turn, setTurn] = createSignal<number>()
  const [chosen, setChosen] = createSignal<readonly EntryId[]>([])
  const [isAdding, setAdding] = createSignal(false)
  const [added, setAdded] = createSignal<'added' | NotAdded>()
  const all = createAnswer(turn, () => session.entryFiles())
  const bytes = () => (all() ?? []).reduce((sum, each) => sum + (chosen().includes(each.entry.id) ? each.bytes : 0), 0)

  function choose(id: EntryId, isOn: boolean): void {
    const others = chosen().filter(each => each !== id)
    setChosen(isOn ? [...others, id] : others)
  }

  /** A document of the record, ticked; one that is there already is only ticked. */
  async function keep(file: File): Promise<'added' | NotAdded> {
    const title = titleOfFile(file.name) || file.name
    const paper = { files: [{ file, name: file.name }], title, keepAsIs: false, isPrivate: false }
    const kept = await session.addPaper(paper)
    if (!kept.ok) return kept.failure
    const { id } = kept.value
    const mayGo = (await session.entryFiles()).some(({ entry }) => entry.id === id)
    if (mayGo) choose(id, true)
    return mayGo ? 'added' : { kind: 'private' }
  }

  return {
    all,
    chosen,
    bytes,
    isOver: () => bytes() > MAX_BYTES,
    isAdding,
    /** What became of the file that was added last. */
    added,
    choose,
    look: () => setTurn((turn() ?? 0) + 1),
    async add(file: File): Promise<void> {
      setAdding(true)
      setAdded()
      setAdded(await keep(file))
      setAdding(false)
      setTurn((turn() ?? 0) + 1)
    },
  }
}
