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
import { createWatch, useRecordPath, useSession } from '../../session.ts'
import { type FieldError, optional } from './draft.ts'

interface PaperDraft {
  readonly files: readonly PaperFile[]
  readonly title: string
  readonly date: DateDraft
  readonly from: string
  readonly keepAsIs: boolean
}

const EMPTY: PaperDraft = { files: [], title: '', date: draftOfDate(undefined), from: '', keepAsIs: false }

function errorsOf({ files, title, date }: PaperDraft): Partial<Record<'files' | 'title' | 'date', FieldError>> {
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
  const change = (part: Partial<PaperDraft>) => setDraft(before => ({ ...before, ...part }))

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
      ...(entry !== undefined && { about: entry }),
      keepAsIs,
      isPrivate: privately,
    })
    setSaving(false)
    if (!added.ok) return void setFailure(added.failure)
    navigate(to(`/entry/${entry ?? added.value.id}`), { replace: true })
    if (!added.value.isNew) return showToast({ message: t('paper.already') })
    showToast({ message: t('add.saved'), action: { label: t('act.undo'), run: () => void undoLastAct(session) } })
  }

  return {
    draft,
    change,
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
    remove: (file: PaperFile) => change({ files: draft().files.filter(each => each !== file) }),
    async submit(privately: boolean): Promise<void> {
      setTried(true)
      if (!isSaving() && Object.keys(errorsOf(draft())).length === 0) await store(privately)
    },
    cancel: () => void session.cancelImport(),
  }
}
