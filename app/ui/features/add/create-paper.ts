import { useNavigate } from '@solidjs/router'
import { createSignal } from 'solid-js'
import type { PaperFailure, PaperFile } from '#app/core/paper-session.ts'
import type { ImportProgress } from '#app/core/import-session.ts'
import type { SaveFailure } from '#app/core/session.ts'
import type { EntryId } from '#schema/record/entry.ts'
import { t } from '../../language/language.ts'
import { showToast } from '../../parts/toast.tsx'
import { titleOfFile } from '../../record/file-words.ts'
import { type DateDraft, draftOfDate, parseDateDraft } from '../../record/fhir-date.ts'
import { undoLastAct } from '../../record/undo.ts'
import { type FieldError, optional } from '../../record/entry-draft.ts'
import { useWayOut } from '../../record/way-out.ts'
import { createWatch, useRecordPath, useSession, useViews } from '../../session.ts'

interface PaperDraft {
  readonly files: readonly PaperFile[]
  readonly title: string
  readonly date: DateDraft
  readonly from: string
  readonly keepAsIs: boolean
  /** Of several files: each becomes a document by itself, called by its name. */
  readonly isEach: boolean
}

const EMPTY: PaperDraft = {
  files: [],
  title: '',
  date: draftOfDate(undefined),
  from: '',
  keepAsIs: false,
  isEach: false,
}

const isApart = ({ files, isEach }: PaperDraft) => isEach && files.length > 1

function errorsOf(draft: PaperDraft): Partial<Record<'files' | 'title' | 'date', FieldError>> {
  const { files, title, date } = draft
  if (isApart(draft)) return {}
  return {
    ...(files.length === 0 && { files: 'required' as const }),
    ...(title.trim() === '' && { title: 'required' as const }),
    ...(!parseDateDraft(date).ok && { date: 'bad-date' as const }),
  }
}

/** Files that become one document. Nothing is said about a field before the first try; what was chosen stays through failures. */
export function createPaper(about: () => EntryId | undefined) {
  const session = useSession()
  const to = useRecordPath()
  const navigate = useNavigate()
  const [draft, setDraft] = createSignal(EMPTY)
  const [isTried, setTried] = createSignal(false)
  const [isSaving, setSaving] = createSignal(false)
  const [isPrivate, setPrivate] = createSignal<boolean>()
  const [failure, setFailure] = createSignal<PaperFailure | SaveFailure>()
  const progress = createWatch<ImportProgress>(listener => session.watchImport(listener))
  const views = useViews()
  const way = useWayOut()
  const optionalAbout = () => {
    const entry = about()
    return entry === undefined ? {} : { about: entry }
  }
  const change = (part: Partial<PaperDraft>) => setDraft(before => ({ ...before, ...part }))

  /** Document by document: when one is refused, what was saved is no longer among the chosen. */
  async function storeEach(privately: boolean): Promise<void> {
    const { files, keepAsIs } = draft()
    setSaving(true)
    setFailure(undefined)
    let saved = 0
    for (const [index, file] of files.entries()) {
      const title = titleOfFile(file.name)
      const paper = { files: [file], title, keepAsIs, isPrivate: privately, ...optionalAbout() }
      const added = await session.addPaper(paper)
      if (!added.ok) {
        setSaving(false)
        change({ files: files.slice(index), title })
        return void setFailure(added.failure)
      }
      if (added.value.isNew) saved += 1
    }
    setSaving(false)
    const entry = about()
    const made = entry === undefined ? views.hrefOf({ kinds: ['document'] }) : to(`/entry/${entry}`)
    navigate(way.onward(made), { replace: true })
    showToast({ message: saved === 0 ? t('paper.already') : t('paper.savedEach', { count: saved }) })
  }

  async function store(privately: boolean): Promise<void> {
    const { files, title, date, from, keepAsIs } = draft()
    const parsed = parseDateDraft(date)
    const entry = about()
    setSaving(true)
    setFailure(undefined)
    const added = await session.addPaper({
      files,
      title,
      ...(parsed.ok && parsed.text !== undefined && { date: parsed.text }),
      ...optional('from', from),
      ...optionalAbout(),
      keepAsIs,
      isPrivate: privately,
    })
    setSaving(false)
    if (!added.ok) return void setFailure(added.failure)
    navigate(way.onward(to(`/entry/${entry ?? added.value.id}`)), { replace: true })
    if (!added.value.isNew) return showToast({ message: t('paper.already') })
    showToast({ message: t('add.saved'), action: { label: t('act.undo'), run: () => void undoLastAct(session) } })
  }

  return {
    draft,
    change,
    isApart: () => isApart(draft()),
    progress,
    isSaving,
    isPrivate,
    setPrivate,
    failure,
    errorOf: (field: 'files' | 'title' | 'date') => (isTried() ? errorsOf(draft())[field] : undefined),
    /** The first file's name is the title as long as there is none. */
    add(chosen: readonly File[]): void {
      const files = [...draft().files, ...chosen.map(file => ({ file, name: file.name }))]
      const title = draft().title === '' ? titleOfFile(files[0]?.name ?? '') : draft().title
      setFailure(undefined)
      change({ files, title })
    },
    /** A title that the file gave goes with it. */
    remove(file: PaperFile): void {
      const files = draft().files.filter(each => each !== file)
      const title = draft().title === titleOfFile(file.name) ? titleOfFile(files[0]?.name ?? '') : draft().title
      change({ files, title })
    },
    async submit(privately: boolean): Promise<void> {
      setTried(true)
      if (isSaving() || Object.keys(errorsOf(draft())).length > 0) return
      await (isApart(draft()) ? storeEach(privately) : store(privately))
    },
    cancel: () => void session.cancelImport(),
  }
}
