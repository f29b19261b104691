import { createSignal } from 'solid-js'
import { KEPT_LINK, type OutsideRequest } from '#app/core/link-session.ts'
import type { ImportFailure, ImportPreview, ImportProgress } from '#app/core/import-session.ts'
import type { MessageSession, ThreadList } from '#app/core/message-session.ts'
import type { RequestPlace, RequestRow, RequestSession } from '#app/core/request-session.ts'
import type { TableLook, TableMapping } from '#app/core/table-session.ts'
import { FileId } from '#schema/ids.ts'
import type { ImportId } from '#schema/record/entry.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { readPicture } from '../../parts/qr-image.ts'
import { createAnswer } from '../../record/create-answer.ts'
import { readEntry } from '../../record/read-entry.ts'
import { titleOf } from '../../record/words.ts'
import { createWatch, useHost, useOwnSession, useSession } from '../../session.ts'
import { papersAmong, readyFiles } from './chosen-files.ts'
import { fetchLink, type Previewed } from './fetch-link.ts'
import { type ColumnsStep, type ImportStep, type LinkStep, linkStepAfter } from './import-step.ts'

/** What is being looked at, to be looked at again once it is judged otherwise. */
interface Source {
  readonly name: string
  look(): Promise<Previewed>
  /** It is the answer to this request, which hears of it once it is in. */
  readonly answers?: RequestPlace
}

/** One choice of files, code or link at a time: read, looked over, and only then brought in. */
export function createImport() {
  const session = useSession()
  const ownSession = useOwnSession()
  const host = useHost()
  const [step, setStep] = createSignal<ImportStep>({ kind: 'choose' })
  const progress = createWatch<ImportProgress>(listener => session.watchImport(listener))
  const [looked, setLooked] = createSignal(0)
  const imports = createAnswer(looked, () => session.imports())
  const issuers = createAnswer(looked, () => session.cardIssuers())
  const directories = createAnswer(looked, () => session.cardDirectories())
  const refetch = () => setLooked(looked() + 1)
  // A file chosen later, or a cancel, makes the answer about an earlier one void.
  let turn = 0
  let hasBegun = false
  let source: Source | undefined
  let file: Blob | undefined
  /** Of several files those that can only be kept as they are. */
  let papers: readonly File[] = []
  /** The codes of one card, as far as they were scanned. */
  let codes: readonly string[] = []

  const fileSource = (chosen: Blob, name: string, columns?: TableMapping): Source => ({
    name,
    look: () => session.previewImport(chosen, name, columns),
  })

  /** Answers what came of it, unless something else was chosen meanwhile. */
  async function look(next: Source, chosen: Blob): Promise<ImportStep | undefined> {
    const mine = ++turn
    hasBegun = true
    source = next
    file = chosen
    papers = []
    setStep({ kind: 'reading', fileName: next.name })
    const answer = await next.look()
    const found = answer.ok ? previewStep(answer.value, papers) : await stepAfter(answer.failure, chosen)
    return mine === turn ? found : undefined
  }

  async function read(files: readonly File[]): Promise<void> {
    const [chosen, second] = files
    if (second !== undefined) return readSeveral(files)
    if (chosen === undefined) return
    if (chosen.type.startsWith('image/')) return readImage(chosen)
    codes = []
    const next = await look(fileSource(chosen, chosen.name), chosen)
    if (next !== undefined) setStep(next)
  }

  /** Files that were chosen together. */
  async function readSeveral(files: readonly File[]): Promise<void> {
    const mine = ++turn
    hasBegun = true
    codes = []
    const name = t('import.files', { count: files.length })
    setStep({ kind: 'reading', fileName: name })
    const ready = await readyFiles(files)
    if (mine !== turn) return
    const lookAll = async () => {
      const answer = await session.previewImports(ready.map(({ file, name }) => ({ file, name })))
      papers = answer.ok ? papersAmong(ready, answer.value) : []
      return answer
    }
    const next = await look({ name, look: lookAll }, new Blob())
    if (next !== undefined) setStep(next)
  }

  /** A file that the record holds: of an entry, by its number there. */
  async function readKept(id: string, index: number): Promise<void> {
    const mine = ++turn
    const entry = await readEntry(session, id)
    const kept = entry?.attachments?.find(each => each.index === index)
    const blob = entry && kept && (await session.attachment(entry.summary.id, kept.index))
    if (mine !== turn) return
    if (entry === undefined || blob === undefined) return void setStep({ kind: 'failed', failure: { kind: 'gone' } })
    await read([new File([blob], kept?.title ?? titleOf(entry.summary))])
  }

  /** A file that somebody sent with a message, or as the answer to a request. */
  async function readSent(conversationId: string, id: string, requestId?: string): Promise<void> {
    const mine = ++turn
    const fileId = FileId.parse(id)
    const file = fileId && (await ownSession.openFile(conversationId, fileId))
    const people = await peopleOf(ownSession, conversationId)
    if (mine !== turn) return
    if (file?.ok !== true) return void setStep({ kind: 'failed', failure: { kind: 'gone' } })
    const words = t('messageFile.from', { file: file.value.name, names: formatList(people) })
    await read([new File([file.value], words)])
    if (source !== undefined && requestId !== undefined) source = { ...source, answers: { conversationId, requestId } }
  }

  async function stepAfter(failure: ImportFailure, chosen: Blob): Promise<ImportStep> {
    if (failure.kind === 'needs-columns') return columnsStep(chosen, failure.table)
    if (failure.kind === 'needs-codes') return { kind: 'more-codes', have: failure.have, total: failure.total }
    if (failure.kind === 'issuer-directory') return { kind: 'directory', file: chosen, directory: failure.directory }
    if (failure.kind === 'issuer-file' && (failure.holds === 'keys' || failure.holds === 'revocations')) {
      return { kind: 'issuer-file', file: chosen, holds: failure.holds }
    }
    if (failure.kind !== 'health-link') return { kind: 'failed', failure, file: chosen }
    return linkStep(await chosen.text())
  }

  async function linkStep(link: string): Promise<ImportStep> {
    const read = await session.readLink(link)
    return read.ok
      ? { kind: 'link', link, info: read.value, isFetching: false }
      : { kind: 'failed', failure: read.failure }
  }

  /** Says once more whom the link of an import leads to: nobody is asked yet. */
  async function lookAgain(importId: ImportId): Promise<void> {
    const mine = ++turn
    hasBegun = true
    codes = []
    const next = await linkStep(`${KEPT_LINK}${importId}`)
    if (mine === turn) setStep(next)
  }

  async function forgetLink(importId: ImportId) {
    const answer = await session.forgetLink(importId)
    refetch()
    return answer
  }

  const columnsStep = (chosen: Blob, table: TableLook): ColumnsStep => ({
    kind: 'columns',
    file: chosen,
    fileName: source?.name ?? '',
    look: table,
  })

  /** Reads a table as the person says. */
  async function readColumns(step: ColumnsStep, columns: TableMapping): Promise<void> {
    const next = await look(fileSource(step.file, step.fileName, columns), step.file)
    if (next !== undefined) setStep(next)
  }

  /** A table that was read is to be read otherwise. */
  function changeColumns(table: TableLook): void {
    if (file !== undefined) setStep(columnsStep(file, table))
  }

  /** Of a file about several people: whose entries come in. What was answered last stands. */
  async function choosePeople({ importId }: ImportPreview, places: readonly number[]): Promise<void> {
    const mine = ++turn
    const answer = await session.choosePeople(importId, places)
    if (mine !== turn) return
    setStep(answer.ok ? previewStep(answer.value, papers) : { kind: 'failed', failure: answer.failure })
  }

  /** Only after a tap that named whom the link leads to. */
  async function fetchFrom(asked: LinkStep, given: { readonly recipient: string; readonly passcode?: string }) {
    const mine = ++turn
    const { failure: _, others: __, ...before } = asked
    const waiting: LinkStep = { ...before, isFetching: true }
    setStep(waiting)
    const deps = {
      session,
      askOutside: (request: OutsideRequest) => host.askOutside(request),
      isOver: () => mine !== turn,
      mayAsk: (hosts: readonly string[]) =>
        new Promise<boolean>(resolve => {
          const answer = (isYes: boolean) => {
            if (mine === turn) setStep(waiting)
            resolve(isYes)
          }
          if (mine === turn) setStep({ ...waiting, others: { hosts, answer } })
          else resolve(false)
        }),
    }
    const { answer, again } = await fetchLink(deps, { link: asked.link, ...given }, asked.info)
    if (mine !== turn) return
    source = { name: asked.info.host, look: again }
    papers = []
    setStep(answer.ok ? previewStep(answer.value, papers) : linkStepAfter(answer.failure, waiting))
  }

  async function readImage(picture: File): Promise<void> {
    const mine = ++turn
    hasBegun = true
    setStep({ kind: 'reading', fileName: picture.name })
    const text = await readPicture(picture)
    if (mine !== turn) return
    if (text === undefined)
      setStep({ kind: 'failed', failure: { kind: 'not-supported', what: 'image' }, file: picture })
    else await readText(text)
  }

  /** What a code or a pasted text says: a card, one of the codes of a card, a link. A code of another card begins anew. */
  async function readText(text: string): Promise<void> {
    const lookAt = (texts: readonly string[]) => {
      codes = texts
      const typed = new Blob([texts.join('\n')])
      return look(fileSource(typed, t('import.scanned')), typed)
    }
    let next = await lookAt([...new Set([...codes, text])])
    if (next?.kind === 'failed' && codes.length > 1) next = await lookAt([text])
    if (next === undefined) return
    if (next.kind !== 'more-codes') codes = []
    setStep(next)
  }

  async function commit(preview: ImportPreview, leftOut: readonly string[], withOlder: boolean): Promise<void> {
    const mine = ++turn
    const left = papers
    setStep({ kind: 'saving', preview })
    const answer = await session.commitImport(preview.importId, leftOut, withOlder)
    if (answer.ok && source?.answers) await ownSession.takeStep(source.answers, { kind: 'take', data: {} })
    refetch()
    if (mine !== turn) return
    if (answer.ok) setStep({ kind: 'done', importId: preview.importId, added: answer.value.added, papers: left })
    else if (answer.failure.kind === 'cancelled') setStep({ kind: 'choose' })
    else setStep({ kind: 'failed', failure: answer.failure })
  }

  async function cancel(): Promise<void> {
    codes = []
    // While it is being saved, the answer says whether the cancel was in time.
    if (step().kind !== 'saving') {
      turn++
      setStep({ kind: 'choose' })
    }
    await session.cancelImport()
  }

  /** Takes a whole file back; answers how many entries left. */
  async function takeBack(importId: ImportId) {
    const answer = await session.undoImport(importId)
    refetch()
    const now = step()
    if (answer.ok && now.kind === 'done' && now.importId === importId) setStep({ kind: 'choose' })
    return answer
  }

  /** Keeps an issuer's file; what is being looked over is then judged once more. */
  async function keepIssuer(keys: Blob, issuer?: string) {
    const answer = await session.keepIssuerFile(keys, issuer)
    if (!answer.ok) return answer
    refetch()
    const seen = step().kind === 'preview' ? source : undefined
    const next = seen !== undefined ? await look(seen, keys) : ({ kind: 'choose' } as const)
    if (next !== undefined) setStep(next)
    return answer
  }

  async function forgetIssuer(issuer: string) {
    const answer = await session.forgetCardIssuer(issuer)
    refetch()
    return answer
  }

  async function keepDirectory(chosen: Blob) {
    const answer = await session.keepDirectory(chosen)
    if (!answer.ok) return answer
    refetch()
    setStep({ kind: 'choose' })
    return answer
  }

  async function forgetDirectory(address: string) {
    const answer = await session.forgetDirectory(address)
    refetch()
    return answer
  }

  const startOver = () => setStep({ kind: 'choose' })
  return {
    step,
    progress,
    imports,
    issuers,
    directories,
    read,
    readKept,
    readSent,
    readText,
    readColumns,
    changeColumns,
    choosePeople,
    fetchFrom,
    lookAgain,
    forgetLink,
    commit,
    cancel,
    takeBack,
    keepIssuer,
    forgetIssuer,
    keepDirectory,
    forgetDirectory,
    startOver,
    /** Whether a file was chosen since the page came. */
    hasBegun: () => hasBegun,
  }
}

/** With whom a conversation is, in which something may have been said, asked, or both. */
async function peopleOf(session: MessageSession & RequestSession, conversationId: string): Promise<readonly string[]> {
  const [threads, requests] = [Promise.withResolvers<ThreadList>(), Promise.withResolvers<readonly RequestRow[]>()]
  const stops = [await session.watchThreads(threads.resolve), await session.watchRequests(requests.resolve)]
  const known = [...(await threads.promise).threads, ...(await requests.promise)]
  for (const stop of stops) stop()
  return known.find(one => one.conversationId === conversationId)?.people ?? []
}

const previewStep = (preview: ImportPreview, papers: readonly File[]): ImportStep => ({
  kind: 'preview',
  preview,
  papers,
})
