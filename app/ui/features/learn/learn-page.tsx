import { Navigate, useParams } from '@solidjs/router'
import BookOpen from 'lucide-solid/icons/book-open'
import Bookmark from 'lucide-solid/icons/bookmark'
import FlaskConical from 'lucide-solid/icons/flask-conical'
import FolderHeart from 'lucide-solid/icons/folder-heart'
import HeartHandshake from 'lucide-solid/icons/heart-handshake'
import Pill from 'lucide-solid/icons/pill'
import Printer from 'lucide-solid/icons/printer'
import { createMemo, createSignal, type JSX, Show } from 'solid-js'
import type { RequestRow } from '#app/core/request-session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Page } from '../../parts/page.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { pagesAbout } from '../../record/learn/pages-about.ts'
import { createLibrary, type Library } from '../../record/learn/library.ts'
import { LookUpButton } from '../../record/learn/look-up-button.tsx'
import { searchLibrary } from '../../record/learn/search-library.ts'
import { useTopicPath } from '../../record/learn/topic-path.ts'
import { createRows } from '../../record/medicines/create-rows.ts'
import { useRecordPath, useSettings } from '../../session.ts'
import { createGiven } from './given.ts'
import { GivenLinks } from './given-shelf.tsx'
import styles from './learn.module.css'
import { ReadingMark } from './reading-mark.tsx'
import { codesOf, TopicContent } from './topic-content.tsx'
import { TopicLinks } from './topic-links.tsx'

/** Everything there is to read: what this record is about first, then what was put aside, then all of it. */
export function LearnPage() {
  const library = createLibrary()
  const [text, setText] = createSignal('')
  return (
    <Page title={t('learn.title')} lead={t('learn.lead')}>
      <div class={styles.search}>
        <TextField
          label={t('learn.search')}
          hideLabel
          type="search"
          placeholder={t('learn.search')}
          value={text()}
          onInput={setText}
        />
      </div>
      <Show when={library()} fallback={<output>{t('app.loading')}</output>}>
        {pages => (
          <Show when={text().trim() !== ''} fallback={<Shelves library={pages()} />}>
            <Found library={pages()} text={text()} />
          </Show>
        )}
      </Show>
    </Page>
  )
}

function Found(props: { readonly library: Library; readonly text: string }) {
  const found = createMemo(() => searchLibrary(props.library, props.text))
  return (
    <>
      <p class={styles.soft} role="status">
        {found().length === 0 ? t('learn.noneFound') : t('learn.found', { count: found().length })}
      </p>
      <Show when={found().length > 0}>
        <Card>
          <TopicLinks pages={found()} />
        </Card>
      </Show>
    </>
  )
}

function Shelves(props: { readonly library: Library }) {
  const settings = useSettings()
  const rows = createRows(() => ({ kinds: ['condition', 'medicine'] }))
  const yours = createMemo(() => {
    const pages = new Set((rows() ?? []).flatMap(pagesAbout(props.library)))
    return props.library.filter(page => pages.has(page))
  })
  const listed = createMemo(() => {
    const marked = (mark: string) =>
      props.library.filter(({ id }) => settings().reading.some(each => each.topic === id && each.mark === mark))
    return [...marked('later'), ...marked('read')]
  })
  const given = createGiven()
  const of = (kind: string) => props.library.filter(page => page.kind === kind)
  return (
    <div class={styles.shelves}>
      <Given given={given()} />
      <ReadingList pages={listed()} />
      <Shelf title={t('learn.yours')} icon={<FolderHeart />} pages={yours()} />
      <Shelf title={t('learn.conditions')} icon={<BookOpen />} pages={of('condition')} />
      <Shelf title={t('learn.medicines')} icon={<Pill />} pages={of('medicine')} />
      <Shelf title={t('learn.tests')} icon={<FlaskConical />} pages={of('test')} />
    </div>
  )
}

const FIRST_GIVEN = 5

function Given(props: { readonly given: readonly RequestRow[] }) {
  const [isAll, setIsAll] = createSignal(false)
  const more = () => (isAll() ? 0 : props.given.length - FIRST_GIVEN)
  return (
    <Show when={props.given.length > 0}>
      <Card title={t('learn.given')} icon={<HeartHandshake />}>
        <GivenLinks given={more() > 0 ? props.given.slice(0, FIRST_GIVEN) : props.given} />
        <Show when={more() > 0}>
          <div>
            <Button onClick={() => setIsAll(true)}>{t('patients.more', { count: more() })}</Button>
          </div>
        </Show>
      </Card>
    </Show>
  )
}

/** This person's own list; what they were given to read stands above it. */
function ReadingList(props: { readonly pages: Library }) {
  return (
    <Show when={props.pages.length > 0}>
      <Card title={t('learn.list')} icon={<Bookmark />}>
        <TopicLinks pages={props.pages} />
        <p class={styles.soft}>{t('learn.list.about')}</p>
      </Card>
    </Show>
  )
}

function Shelf(props: { readonly title: string; readonly icon: JSX.Element; readonly pages: Library }) {
  return (
    <Show when={props.pages.length > 0}>
      <Card title={props.title} icon={props.icon}>
        <TopicLinks pages={props.pages} />
      </Card>
    </Show>
  )
}

/** One page of the library. An address from before a lock or a reload says no more which: it leads to all of them. */
export function TopicPage() {
  const params = useParams()
  const to = useRecordPath()
  const { topicOf } = useTopicPath()
  const library = createLibrary()
  const asked = () => topicOf(params['key'])
  const page = () => library()?.find(({ id }) => id === asked().id)
  return (
    <Show when={asked().id !== ''} fallback={<Navigate href={to('/learn')} />}>
      <Show when={page()} fallback={<Page title={t('app.loading')}>{''}</Page>} keyed>
        {found => (
          <Page
            title={found.words.name}
            windowTitle={t('learn.title')}
            back={asked().from === '' ? { href: to('/learn'), label: t('learn.title') } : { href: asked().from }}
            narrow
          >
            <div class={styles.acts}>
              <ReadingMark topic={found.id} />
              <Button icon={<Printer size="1.2rem" />} onClick={() => print()}>
                {t('learn.print')}
              </Button>
            </div>
            <TopicContent page={found} />
            <LookUpButton codes={codesOf(found)} />
          </Page>
        )}
      </Show>
    </Show>
  )
}
