import { useLocation } from '@solidjs/router'
import BookOpen from 'lucide-solid/icons/book-open'
import { createSignal, For, onMount, Show } from 'solid-js'
import type { FileFailure, ShownFile, Transfer } from '#app/core/file-session.ts'
import type { RequestDetail } from '#app/core/request-session.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { BlobPicture } from '../../parts/blob-picture.tsx'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { createLibrary } from '../../record/learn/library.ts'
import { useTopicPath } from '../../record/learn/topic-path.ts'
import { MarkdownText } from '../../record/markdown/markdown-text.tsx'
import { OutsideLink } from '../../record/markdown/outside-link.tsx'
import { createWatch, useSession } from '../../session.ts'
import { fileFailureWords } from '../../record/messages/file-words.ts'
import { materialIn, unnamedIn } from './material-sent.ts'
import { MessageFileCard } from '../../record/messages/message-file.tsx'

/** Larger ones are fetched when they are asked for. */
const AT_ONCE_BYTES = 2 * 1024 * 1024

/** What somebody gave to read. */
export function MaterialCard(props: { readonly request: RequestDetail }) {
  const session = useSession()
  const transfers = createWatch<readonly Transfer[]>(listener => session.watchTransfers(listener))
  const sent = () => materialIn(props.request)
  const names = () => formatList(props.request.people)
  const isMine = () => props.request.role === 'patient'
  const picture = (name: string, words: string) => {
    const file = sent()?.files.find(one => one.name === name)
    if (file === undefined) return t('material.picture.gone', { name: words || name })
    return <Picture conversationId={props.request.conversationId} file={file} words={words} />
  }
  return (
    <Show when={sent()}>
      {material => (
        <Card title={t('material.title')}>
          <Show when={isMine() && props.request.state === 'withdrawn'}>
            <Notice tone="warning">{t('material.takenBack', { names: names() })}</Notice>
          </Show>
          <Show when={material().words}>{words => <p dir="auto">{words()}</p>}</Show>
          <Show when={material().text}>{text => <MarkdownText text={text()} picture={picture} />}</Show>
          <Show when={material().address}>
            {address => (
              <p>
                <OutsideLink address={address()} words={address()} />
              </p>
            )}
          </Show>
          <Show when={material().topic}>{topic => <TopicLink topic={topic()} />}</Show>
          <For each={unnamedIn(material())}>
            {file => (
              <MessageFileCard
                conversationId={props.request.conversationId}
                file={file}
                transfer={transfers()?.find(({ id }) => id === file.id)}
                mayKeep={isMine()}
              />
            )}
          </For>
          <Show when={isMine() && material().topic === undefined}>
            <p>
              <small>{t('material.unchecked', { names: names() })}</small>
            </p>
          </Show>
        </Card>
      )}
    </Show>
  )
}

/** The library's own page about it, in the reader's language. */
function TopicLink(props: { readonly topic: string }) {
  const location = useLocation()
  const library = createLibrary()
  const { pathOf } = useTopicPath()
  const page = () => library()?.find(({ id }) => id === props.topic)
  return (
    <Show when={library()}>
      <Show when={page()} fallback={<p>{t('material.noTopic')}</p>}>
        {found => (
          <div>
            <LinkButton href={pathOf(found().id, location.pathname)} icon={<BookOpen size="1.2rem" />}>
              {t('learn.about', { name: found().words.name })}
            </LinkButton>
          </div>
        )}
      </Show>
    </Show>
  )
}

/** A picture in a text: of those that came with it. */
function Picture(props: { readonly conversationId: string; readonly file: ShownFile; readonly words: string }) {
  const session = useSession()
  const [shown, setShown] = createSignal<Blob>()
  const [failure, setFailure] = createSignal<FileFailure>()
  const words = () => props.words || props.file.name
  const open = async () => {
    setFailure()
    const opened = await session.openFile(props.conversationId, props.file.id)
    if (opened.ok) setShown(opened.value)
    else setFailure(opened.failure)
  }
  onMount(() => {
    if (props.file.bytes <= AT_ONCE_BYTES) void open()
  })
  return (
    <Show
      when={shown()}
      fallback={
        <>
          <Button onClick={() => void open()}>{t('material.picture.show', { name: words() })}</Button>
          <Show when={failure()}>
            {failed => <span role="alert">{fileFailureWords(failed(), props.file.name)}</span>}
          </Show>
        </>
      }
    >
      {blob => <BlobPicture blob={blob()} alt={words()} fallback={<span>{t('attachment.noPicture')}</span>} />}
    </Show>
  )
}
