import { createEffect, createSignal, on } from 'solid-js'
import type { KeptMaterial } from '#app/core/material-session.ts'
import type { RequestPlace } from '#app/core/request-session.ts'
import { t } from '../../language/language.ts'
import { createMessageDraft } from '../../record/messages/create-message-draft.ts'
import { fileFailureWords } from '../../record/messages/file-words.ts'
import { requestFailureWords } from '../../record/messages/request-words.ts'
import { saveFailureWords } from '../../record/words.ts'
import { createWatch, useSession } from '../../session.ts'
import { createMaterialFiles } from './create-material-files.ts'
import { contentOf, draftOf, isBegun, NEW_MATERIAL, saysTheSame } from './material-draft.ts'

/** Somebody whom it can be given to. */
export interface Recipient {
  readonly contactId: string
  readonly name: string
}

type Act = 'keep' | 'send'

/** A material that is being written: kept to be given again, and given to several people, to each one of their own. */
export function createMaterial() {
  const session = useSession()
  const draft = createMessageDraft('material/', NEW_MATERIAL)
  const files = createMaterialFiles(() => draft.draft().form)
  const mine = createWatch<readonly KeptMaterial[]>(listener => session.watchMaterials(listener))
  const [failures, setFailures] = createSignal<readonly string[]>([])
  /** What was pressed last: from then on it is said what is missing for it. */
  const [tried, setTried] = createSignal<Act>()
  const [underWay, setUnderWay] = createSignal<Act>()
  const [sending, setSending] = createSignal<{ readonly done: number; readonly total: number }>()

  const kept = () => mine()?.find(({ id }) => id === draft.draft().keptId)
  const missingFiles = () => {
    const { keptFiles } = draft.draft()
    return (kept()?.files ?? []).filter(({ id }) => keptFiles.includes(id) && !files.hasKept(id))
  }
  const isWhole = () => {
    const { title, form } = draft.draft()
    const body =
      form === 'file'
        ? files.used().length + missingFiles().length > 0
        : Object.values(contentOf(draft.draft())).every(one => one.trim() !== '')
    return title.trim() !== '' && body
  }

  const refuse = (words: string) => setFailures(all => [...all, words])

  async function fetchMissing(): Promise<boolean> {
    const { keptId } = draft.draft()
    const failed = await files.fetch(missingFiles(), () => draft.draft().keptId === keptId)
    if (failed === undefined) return true
    const { name, failure } = failed
    refuse(t('materials.fileNotHere', { name, why: fileFailureWords(failure, name) }))
    return false
  }

  // What was begun an earlier time has the files again that it had of what is kept.
  createEffect(
    on([draft.isBack, mine], ([isBack, known], before) => {
      const isNew = isBack && known !== undefined && (before?.[0] !== true || before[1] === undefined)
      if (isNew) void fetchMissing()
    }),
  )

  async function sendTo(recipient: Recipient): Promise<RequestPlace | undefined> {
    const { name, contactId } = recipient
    const held = await files.hold(files.used())
    if (!held.ok) {
      refuse(t('materials.failed', { name, why: fileFailureWords(held.failure.failure, held.failure.name) }))
      return undefined
    }
    const words = draft.draft().words.trim()
    const data = {
      ...contentOf(draft.draft()),
      ...(held.value.length > 0 && { files: held.value.map(fileId => ({ fileId })) }),
      ...(words !== '' && { words }),
    }
    const key = `${draft.draft().key}/${contactId}`
    const opened = await session.openRequest({ kind: 'material', contactId, key, data })
    if (opened.ok) return opened.value
    files.letGo(held.value)
    refuse(t('materials.failed', { name, why: requestFailureWords(opened.failure) }))
    return undefined
  }

  async function sendToAll(recipients: readonly Recipient[]): Promise<ReadonlyMap<string, RequestPlace>> {
    const places = new Map<string, RequestPlace>()
    for (const [done, recipient] of recipients.entries()) {
      setSending({ done, total: recipients.length })
      const place = await sendTo(recipient)
      if (place !== undefined) places.set(recipient.contactId, place)
    }
    setSending()
    return places
  }

  async function keepNow(): Promise<boolean> {
    const used = files.used()
    const anew = used.filter(file => files.keptId(file) === undefined)
    const held = await files.hold(anew)
    if (!held.ok) {
      refuse(fileFailureWords(held.failure.failure, held.failure.name))
      return false
    }
    const id = draft.draft().keptId || crypto.randomUUID().replaceAll('-', '')
    const idOf = new Map(anew.map((file, index) => [file, held.value[index]]))
    const fileIds = [
      ...used.flatMap(file => files.keptId(file) ?? idOf.get(file) ?? []),
      ...missingFiles().map(file => file.id),
    ]
    const saved = await session.keepMaterial({ id, ...contentOf(draft.draft()), fileIds })
    if (!saved.ok) {
      files.letGo(held.value)
      refuse(saveFailureWords(saved.failure))
      return false
    }
    for (const [file, fileId] of idOf) if (fileId !== undefined) files.setKept(file, fileId)
    draft.change({ keptId: id, keptFiles: fileIds })
    return true
  }

  /** Nothing where something is missing for it, or another press is at work still. */
  async function during<Value>(act: Act, isReady: boolean, work: () => Promise<Value>): Promise<Value | undefined> {
    setTried(act)
    if (underWay() !== undefined) return undefined
    setFailures([])
    if (!isWhole() || !isReady) return undefined
    setUnderWay(act)
    try {
      return await work()
    } finally {
      setUnderWay()
    }
  }

  const needed = (is: boolean) => (is ? t('request.needed') : undefined)
  const begin = () => {
    setTried()
    setFailures([])
    files.clear()
  }

  return {
    draft,
    files,
    mine: () => mine() ?? [],
    failures,
    underWay,
    /** How many of how many have theirs, while it is sent. */
    sending,
    missing: (value: string) => needed(tried() !== undefined && value.trim() === ''),
    isMissing: (is: boolean) => needed(tried() !== undefined && is),
    isMissingToSend: (is: boolean) => needed(tried() === 'send' && is),
    /** Whether something else would take the place of words or files that are kept nowhere. */
    isUnkept() {
      const one = kept()
      const isNew = files.used().some(file => files.keptId(file) === undefined)
      const isOther = one === undefined ? isBegun(draft.draft()) : !saysTheSame(draft.draft(), one)
      return isNew || isOther
    },
    addFiles(chosen: readonly File[]) {
      const { form } = draft.draft()
      const refused = files.add(chosen)
      const why = form === 'file' ? 'materials.wrongFile' : 'materials.wrongPicture'
      setFailures(refused.map(({ name }) => t(why, { name })))
      if (form === 'file' && refused.length < chosen.length) draft.change({ keptFiles: [] })
    },
    takeOff(file: File) {
      files.takeOff(file)
      draft.change({ keptFiles: draft.draft().keptFiles.filter(id => id !== files.keptId(file)) })
    },
    async use(material: KeptMaterial): Promise<void> {
      begin()
      draft.change(draftOf(material))
      await fetchMissing()
    },
    keep: () => during('keep', true, keepNow),
    /** Whom it was given to. */
    send: (recipients: readonly Recipient[]) =>
      during('send', recipients.length > 0, async () => ((await fetchMissing()) ? sendToAll(recipients) : undefined)),
    clear() {
      begin()
      draft.clear()
    },
  }
}
