import { createSignal } from 'solid-js'
import type { RequestPlace } from '#app/core/request-session.ts'
import { FileId } from '#schema/ids.ts'
import { MAX_MATERIAL_FILES, webAddress } from '#schema/requests/material-content.ts'
import { t } from '../../language/language.ts'
import { requestFailureWords } from '../../record/messages/request-words.ts'
import { useSession } from '../../session.ts'
import { createMessageDraft } from '../../record/messages/create-message-draft.ts'
import { fileFailureWords } from '../../record/messages/file-words.ts'

export const MATERIAL_FORMS = ['text', 'file', 'address', 'topic'] as const
export type MaterialForm = (typeof MATERIAL_FORMS)[number]

/** Somebody whom it can be given to. */
export interface Recipient {
  readonly contactId: string
  readonly name: string
}

const PICTURES: readonly string[] = ['image/jpeg', 'image/png', 'image/webp', 'image/heic']
export const acceptedFor = (form: MaterialForm) =>
  form === 'file' ? [...PICTURES, 'application/pdf'].join() : PICTURES.join()

/** A material that is being written, and how it is given to several people: each gets one of their own. */
export function createMaterial() {
  const session = useSession()
  const draft = createMessageDraft('material/', {
    text: '',
    title: '',
    form: 'text' as MaterialForm,
    address: '',
    topic: '',
    words: '',
  })
  const [files, setFiles] = createSignal<readonly File[]>([])
  const [failures, setFailures] = createSignal<readonly string[]>([])
  const [isSending, setIsSending] = createSignal(false)
  const [isTried, setIsTried] = createSignal(false)
  /** Of what was chosen, what goes with a text, or as the one file. */
  const used = () => {
    const { form } = draft.draft()
    if (form !== 'text' && form !== 'file') return []
    const fitting = files().filter(({ type }) => acceptedFor(form).split(',').includes(type))
    return form === 'file' ? fitting.slice(-1) : fitting
  }

  const content = () => {
    const { title, form, text, address, topic } = draft.draft()
    const body = { text: { text }, file: {}, address: { address: webAddress(address.trim()) ?? '' }, topic: { topic } }
    return { title, ...body[form] }
  }
  const isWhole = () => {
    const { title, form } = draft.draft()
    const body = form === 'file' ? used().length === 1 : Object.values(content()).every(one => one.trim() !== '')
    return title.trim() !== '' && body
  }

  async function sendTo(recipient: Recipient): Promise<RequestPlace | undefined> {
    const held = await holdAll(used())
    if (held.failed !== undefined) {
      refuse(recipient, fileFailureWords(held.failure, held.failed))
      return undefined
    }
    const words = draft.draft().words.trim()
    const data = {
      ...content(),
      ...(held.ids.length === 0 ? {} : { files: held.ids.map(fileId => ({ fileId })) }),
      ...(words === '' ? {} : { words }),
    }
    const key = `${draft.draft().key}/${recipient.contactId}`
    const opened = await session.openRequest({ kind: 'material', contactId: recipient.contactId, key, data })
    if (opened.ok) return opened.value
    for (const id of held.ids) void session.letGoFile(id)
    refuse(recipient, requestFailureWords(opened.failure))
    return undefined
  }

  /** Made ready anew for each: a file lies beside one conversation. */
  async function holdAll(chosen: readonly File[]) {
    const ids: FileId[] = []
    for (const file of chosen) {
      const id = newFileId()
      const held = await session.holdFile(id, file, file.name)
      if (!held.ok) {
        for (const each of ids) void session.letGoFile(each)
        return { failed: file.name, failure: held.failure } as const
      }
      ids.push(id)
    }
    return { ids, failed: undefined } as const
  }

  const refuse = ({ name }: Recipient, why: string) =>
    setFailures(all => [...all, t('materials.failed', { name, why })])

  return {
    draft,
    files: used,
    failures,
    isSending,
    content,
    missing: (value: string) => (isTried() && value.trim() === '' ? t('request.needed') : undefined),
    isMissing: (is: boolean) => (isTried() && is ? t('request.needed') : undefined),
    addFiles(chosen: readonly File[]) {
      const isOne = draft.draft().form === 'file'
      const accepted = acceptedFor(draft.draft().form).split(',')
      const good = chosen.filter(({ type }) => accepted.includes(type))
      const refused = chosen.filter(file => !good.includes(file))
      setFailures(refused.map(({ name }) => t(isOne ? 'materials.wrongFile' : 'materials.wrongPicture', { name })))
      setFiles(before => (isOne ? good.slice(-1) : [...before, ...good].slice(0, MAX_MATERIAL_FILES)))
    },
    takeOff: (file: File) => setFiles(all => all.filter(one => one !== file)),
    /** Whom it was given to. Undefined while something is missing. */
    async send(recipients: readonly Recipient[]): Promise<ReadonlyMap<string, RequestPlace> | undefined> {
      setIsTried(true)
      setFailures([])
      if (!isWhole() || recipients.length === 0) return undefined
      setIsSending(true)
      const places = new Map<string, RequestPlace>()
      for (const recipient of recipients) {
        const place = await sendTo(recipient)
        if (place !== undefined) places.set(recipient.contactId, place)
      }
      setIsSending(false)
      return places
    },
    clear() {
      setIsTried(false)
      setFiles([])
      draft.clear()
    },
  }
}

const newFileId = (): FileId => FileId.of(crypto.getRandomValues(new Uint8Array(FileId.size)))
