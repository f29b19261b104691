import { For, Show } from 'solid-js'
import { SYSTEMS } from '#schema/codes/systems.ts'
import type { Coding } from '#schema/record/entry.ts'
import { language, t } from '../../language/language.ts'
import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Explanation } from '../../record/explain/explanation.tsx'
import { formatWhen } from '../../record/format-when.ts'
import type { LibraryPage } from '../../record/learn/library.ts'
import type { Topic, TopicWords } from '../../record/learn/topics.ts'
import styles from './learn.module.css'

/** What a page of the library says: of a test its explanation, as it stands beside a result. */
export function TopicContent(props: { readonly page: LibraryPage }) {
  const test = () => (props.page.kind === 'test' ? props.page.test : undefined)
  const topic = () => (props.page.kind === 'test' ? undefined : props.page)
  return (
    <>
      <Show when={test()}>
        {found => (
          <Card>
            <Explanation test={found()} />
          </Card>
        )}
      </Show>
      <Show when={topic()}>{found => <TopicText topic={found().topic} words={found().words} />}</Show>
    </>
  )
}

function TopicText(props: { readonly topic: Topic; readonly words: TopicWords }) {
  return (
    <>
      <Card title={t('learn.what')}>
        <p>{props.words.what}</p>
      </Card>
      <Card title={t(`learn.notice.${props.topic.kind}`)}>
        <p>{props.words.notice}</p>
      </Card>
      <Show when={props.words.urgent}>
        {urgent => (
          <Notice tone="warning" title={t('learn.urgent')}>
            <p>{urgent()}</p>
          </Notice>
        )}
      </Show>
      <Card title={t(`learn.helps.${props.topic.kind}`)}>
        <p>{props.words.helps}</p>
      </Card>
      <Card title={t('learn.questions')}>
        <ul class={styles.questions}>
          <For each={props.words.questions}>{question => <li>{question}</li>}</For>
        </ul>
        <p>{t('learn.ask')}</p>
      </Card>
      <Sources topic={props.topic} />
    </>
  )
}

/** Addresses as text: a link would tell its host what somebody has. */
function Sources(props: { readonly topic: Topic }) {
  const readOn = () => formatWhen({ text: props.topic.readOn }, language())
  const by = (host: string) => props.topic.sources.filter(source => source.includes(host))
  return (
    <Card title={t('learn.sources')}>
      <p class={styles.soft}>
        {t('learn.unreviewed', { date: readOn() })}
        <Show when={language() !== 'en'}> {t('learn.machine')}</Show>
      </p>
      <Pages by={t('learn.by.medlineplus')} addresses={by('medlineplus.gov')} />
      <Pages by={t('learn.by.nhs')} addresses={by('nhs.uk')} />
    </Card>
  )
}

function Pages(props: { readonly by: string; readonly addresses: readonly string[] }) {
  return (
    <Show when={props.addresses.length > 0}>
      <div class={styles.soft}>
        <p>{props.by}</p>
        <ul class={styles.addresses}>
          <For each={props.addresses}>
            {address => (
              <li class={styles.address} dir="ltr">
                {address}
              </li>
            )}
          </For>
        </ul>
      </div>
    </Show>
  )
}

/** What stands for the whole of it: of a group of medicines nothing does. */
export function codesOf(page: LibraryPage): readonly Coding[] {
  if (page.kind === 'test') return page.test.loinc.slice(0, 1).map(code => ({ system: SYSTEMS.loinc, code }))
  const { topic } = page
  if (topic.kind === 'condition') return topic.snomed.slice(0, 1).map(code => ({ system: SYSTEMS.snomed, code }))
  return topic.rxNorm.length === 1 ? topic.rxNorm.map(code => ({ system: SYSTEMS.rxNorm, code })) : []
}
