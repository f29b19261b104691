import { useNavigate } from '@solidjs/router'
import { createSignal, useContext } from 'solid-js'
import type { SaveFailure } from '#app/core/session.ts'
import type { EntryFields, EntryId } from '#schema/record/entry.ts'
import { ok, type Result } from '#schema/result.ts'
import { t } from '../../language/language.ts'
import { showToast } from '../../parts/toast.tsx'
import { undoLastAct } from '../../record/undo.ts'
import { useWayOut } from '../../record/way-out.ts'
import { useRecordPath, useSession } from '../../session.ts'
import type { Checked, FieldError, Question } from '../../record/entry-draft.ts'
import { type EntryDoor, EntryDoorContext } from './entry-door.ts'
import { keepDraftOf } from './kept-draft.ts'

interface FormSetup<Draft, Field extends string> {
  readonly initial: Draft
  readonly check: (draft: Draft) => Checked<Field>
  /** Whether the draft that was tried had this field at all; all have all unless said. */
  readonly had?: (tried: Draft, field: Field) => boolean
  /** The entry that is edited; a new one is added without it. */
  readonly id?: EntryId | undefined
  /** The page to go to where no other one led here, and it is not that of the entry. */
  readonly after?: string
  /** What it adds up to is what it was filled in for: the entry's page is next wherever somebody came from. */
  readonly showsSaved?: boolean
  /** A new one is, unless the person says otherwise. */
  readonly isPrivate?: boolean
}

/**
 * A form over a draft: nothing is said about a field before the first try to save, oddities are asked once, and what
 * was typed stays until it is saved, through failures, other pages and locks.
 */
export function createEntryForm<Draft extends object, Field extends string>(setup: FormSetup<Draft, Field>) {
  const session = useSession()
  const to = useRecordPath()
  const way = useWayOut()
  const navigate = useNavigate()
  const door = useContext(EntryDoorContext)
  const [draft, setDraft] = createSignal(setup.initial)
  const [tried, setTried] = createSignal<Draft>()
  const [questions, setQuestions] = createSignal<readonly Question[]>([])
  const [failure, setFailure] = createSignal<SaveFailure>()
  const [isSaving, setSaving] = createSignal(false)
  const [isPrivate, setPrivate] = createSignal(setup.isPrivate === true)
  let attachesNext = false

  const isEditing = setup.id !== undefined
  const kept = keepDraftOf({
    initial: setup.initial,
    isEditing,
    draft,
    isPrivate,
    bringBack(back, wasPrivate) {
      setDraft(() => back)
      setPrivate(wasPrivate)
    },
  })

  const errorOf = (field: Field): FieldError | undefined => {
    const last = tried()
    if (last === undefined || setup.had?.(last, field) === false) return undefined
    const checked = setup.check(draft())
    return checked.ok ? undefined : checked.errors[field]
  }

  async function save(entries: readonly EntryFields[]): Promise<void> {
    setSaving(true)
    setFailure(undefined)
    if (door !== undefined) return giveTo(door, entries)
    const saved = await store(entries)
    if (!saved.ok) {
      setFailure(saved.failure)
      setSaving(false)
      return
    }
    kept.drop()
    const [first, second] = saved.value
    const isOne = first !== undefined && second === undefined
    const own = isOne ? `/entry/${first}` : '/'
    const made = to(setup.after ?? own)
    const onward = setup.showsSaved ? made : way.onward(made)
    navigate(isOne && attachesNext ? to(`/add/document?about=${first}`) : onward, { replace: true })
    showToast({
      message: t('add.saved'),
      action: { label: t('act.undo'), run: () => void undoLastAct(session) },
    })
  }

  async function giveTo(out: EntryDoor, entries: readonly EntryFields[]): Promise<void> {
    const given = await out.give(entries)
    setSaving(false)
    if (given === undefined) return
    kept.drop()
    navigate(given.path, { replace: true })
    showToast({ message: given.words })
  }

  async function store(entries: readonly EntryFields[]): Promise<Result<readonly EntryId[], SaveFailure>> {
    const { id } = setup
    const [fields] = entries
    if (id === undefined || fields === undefined) return session.addEntries(entries, { isPrivate: isPrivate() })
    const edited = await session.editEntry(id, fields)
    return edited.ok ? ok([id]) : edited
  }

  async function submit(andAttach = false): Promise<void> {
    if (isSaving()) return
    attachesNext = andAttach
    setTried(() => draft())
    setQuestions([])
    const checked = setup.check(draft())
    if (!checked.ok) return
    if (checked.questions.length > 0) setQuestions(checked.questions)
    else await save(checked.entries)
  }

  return {
    draft,
    errorOf,
    failure,
    isSaving,
    isEditing,
    isBack: kept.isBack,
    /** Of a new entry: no share ever has it. */
    isPrivate,
    setPrivate(isOn: boolean): void {
      setPrivate(isOn)
      kept.changed()
    },
    /** What to ask before saving; empty when nothing is odd or it was answered. */
    questions,
    change(part: Partial<Draft>): void {
      setQuestions([])
      setDraft(before => ({ ...before, ...part }))
      kept.changed()
    },
    /** Lets go what was typed an earlier time. */
    startAnew(): void {
      kept.drop()
      setQuestions([])
      setTried(undefined)
      setPrivate(setup.isPrivate === true)
      setDraft(() => setup.initial)
    },
    submit,
    /** Saves, and goes on to the files that belong to it. */
    submitAndAttach: () => submit(true),
    /** "Yes, it is right": saves as it stands. */
    async confirm(): Promise<void> {
      const checked = setup.check(draft())
      setQuestions([])
      if (checked.ok) await save(checked.entries)
    },
    /** "Let me change it." */
    reconsider: () => setQuestions([]),
  }
}

export type EntryForm<Draft extends object, Field extends string> = ReturnType<typeof createEntryForm<Draft, Field>>
