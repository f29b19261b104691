import Users from 'lucide-solid/icons/users-round'
import { createEffect, createSignal, on, Show } from 'solid-js'
import type { PostList } from '#app/core/circle-session.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { KeyedFor } from '../../parts/keyed-for.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { createMailCheck } from '../../record/create-mail-check.ts'
import { createWatch, useRecordPath, useSession } from '../../session.ts'
import { overWords } from './circle-words.ts'
import { useCircle } from './circle-context.ts'
import styles from './circles.module.css'
import { createLook } from './create-look.ts'
import { SaidCard } from './said-card.tsx'
import { SayForm } from './say-form.tsx'

const PAGE_POSTS = 20

/** What is said in a circle, the newest first. */
export function CirclePage() {
  const to = useRecordPath()
  const session = useSession()
  const circle = useCircle()
  const [count, setCount] = createSignal(PAGE_POSTS)
  const [posts, setPosts] = createSignal<PostList>()
  createEffect(
    on(count, wanted => {
      const told = createWatch<PostList>(listener => session.watchPosts(wanted, listener))
      createEffect(() => {
        const now = told()
        if (now !== undefined) setPosts(now)
      })
    }),
  )
  createMailCheck(session)
  createLook(() => posts()?.count)
  return (
    <Page
      title={circle().name}
      windowTitle={t('circles.title')}
      lead={<bdi>{t('circles.asYou', { name: circle().you.name })}</bdi>}
      back={{ href: '/circles', label: t('circles.title') }}
      narrow
    >
      <Show when={circle().you.role === 'moderator' && !circle().isOver}>
        <p class={styles.soft}>{t('circle.moderating')}</p>
      </Show>
      <div class={styles.acts}>
        <LinkButton href={to('/members')} icon={<Users size="1.25rem" />}>
          {t('circle.members')}
          <Show when={circle().asking.length + circle().reports.length}>{number => ` (${number()})`}</Show>
        </LinkButton>
      </div>
      <Show when={!circle().isOver} fallback={<Notice>{overWords(circle())}</Notice>}>
        <SayForm label={t('circle.post.new')} send={t('circle.post.send')} />
      </Show>
      <Show when={posts()}>
        {list => (
          <section class={styles.list} aria-label={t('circle.posts')}>
            <Show when={list().posts.length > 0} fallback={<p class={styles.soft}>{t('circle.posts.none')}</p>}>
              <KeyedFor each={list().posts} keyOf={post => post.postId}>
                {post => (
                  <SaidCard
                    said={post()}
                    conversationId={post().conversationId}
                    more={
                      <LinkButton href={to(`/post/${post().postId}`)}>
                        {post().commentCount === 0
                          ? t('circle.comment')
                          : t('circle.comments', { count: post().commentCount })}
                      </LinkButton>
                    }
                  />
                )}
              </KeyedFor>
            </Show>
            <Show when={list().count > list().posts.length}>
              <div>
                <Button onClick={() => setCount(count() + PAGE_POSTS)}>{t('circle.posts.more')}</Button>
              </div>
            </Show>
          </section>
        )}
      </Show>
    </Page>
  )
}
