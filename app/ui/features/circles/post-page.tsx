import { useParams } from '@solidjs/router'
import { Show } from 'solid-js'
import type { PostDetail } from '#app/core/circle-session.ts'
import { t } from '../../language/language.ts'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { createMailCheck } from '../../record/create-mail-check.ts'
import { createWatch, useRecordPath, useSession } from '../../session.ts'
import { useCircle } from './circle-context.ts'
import styles from './circles.module.css'
import { createLook } from './create-look.ts'
import { SaidCard } from './said-card.tsx'
import { SayForm } from './say-form.tsx'

/** One post, with what was said to it. */
export function PostPage() {
  const params = useParams()
  return (
    <Show when={params.postId} keyed>
      {id => <PostView id={id} />}
    </Show>
  )
}

function PostView(props: { readonly id: string }) {
  const to = useRecordPath()
  const session = useSession()
  const circle = useCircle()
  const told = createWatch<{ readonly post: PostDetail | undefined }>(listener =>
    session.watchPost(props.id, post => listener({ post })),
  )
  const post = () => told()?.post
  createMailCheck(session)
  createLook(() => post()?.commentCount, props.id)
  return (
    <Page
      title={t('circle.post.title')}
      windowTitle={t('circles.title')}
      back={{ href: to(''), label: circle().name }}
      narrow
    >
      <Show when={post()} fallback={<Show when={told()}>{<Notice>{t('circle.post.gone')}</Notice>}</Show>}>
        {shown => (
          <>
            <SaidCard said={shown()} conversationId={shown().conversationId} />
            <section class={styles.list} aria-label={t('circle.comments', { count: shown().commentCount })}>
              <KeyedFor each={shown().comments} keyOf={comment => comment.id}>
                {comment => <SaidCard said={comment()} conversationId={shown().conversationId} />}
              </KeyedFor>
            </section>
            <Show when={!circle().isOver}>
              <SayForm postId={props.id} label={t('circle.comment.new')} send={t('circle.post.send')} />
            </Show>
          </>
        )}
      </Show>
    </Page>
  )
}
