import { useParams } from '@solidjs/router'
import { createMemo, createUniqueId, For, Match, onMount, Show, Switch } from 'solid-js'
import type { Answer } from '#schema/questionnaires/answer.ts'
import { draftOf, openItems } from '#schema/questionnaires/draft.ts'
import { askedItems, type FormItem } from '#schema/questionnaires/form.ts'
import { language, t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { CrisisHelp } from '../../record/questionnaires/crisis-help.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { localDateTime } from '../../record/fhir-date.ts'
import { useWayOut } from '../../record/way-out.ts'
import { useRecordPath, useSession } from '../../session.ts'
import { createEntryForm, type EntryForm } from './create-entry-form.ts'
import { TakenFields } from './date-fields.tsx'
import { errorWords, FormFrame } from './form-frame.tsx'
import { type AnswersDraft, checkDraft, NOTHING } from './draft-answers.ts'
import { type FoundForm, findForm } from '../../record/questionnaires/find-form.ts'
import styles from '../../record/questionnaires/questionnaires.module.css'

/** One questionnaire to be filled in: of the app, or one that was brought in. */
export function FillPage() {
  const params = useParams()
  const session = useSession()
  const to = useRecordPath()
  const way = useWayOut()
  const answer = createAnswer(
    () => params.id,
    async id => ({ found: await findForm(session, id) }),
  )
  const title = () => answer()?.found?.form.title || t('quest.untitled')
  return (
    <Page title={title()} windowTitle={t('quest.title')} back={way.back(to('/questionnaires'))} narrow>
      <Show when={answer()}>
        {known => (
          <Show when={known().found} keyed fallback={<Notice>{t('quest.gone')}</Notice>}>
            {found => <Questions found={found} title={title()} />}
          </Show>
        )}
      </Show>
    </Page>
  )
}

type Form = EntryForm<AnswersDraft, string>

/** Its questions, in a form; what they add up to is saved, or goes where the door above leads. */
export function Questions(props: {
  readonly found: FoundForm
  readonly title: string
  /** Answered before, to be changed. */
  readonly given?: readonly Answer[] | undefined
}) {
  // A page is of one questionnaire alone.
  const { found, title, given = [] } = props
  const form = createEntryForm<AnswersDraft, string>({
    initial: { answers: draftOf(found.form, given), taken: localDateTime(new Date()) },
    check: draft => checkDraft(found.form, title, draft, Date.now()),
    showsSaved: true,
  })
  const asked = createMemo(() => askedItems(found.form, form.draft().answers))
  const open = () => openItems(found.form, form.draft().answers).length
  const needsHelp = () => {
    const item = found.instrument?.crisisItem
    return item !== undefined && Number(form.draft().answers[item] ?? 0) > 0
  }
  return (
    <>
      <Show when={found.language !== undefined && !language().startsWith(found.language.slice(0, 2))}>
        <Notice>{t(found.instrument === undefined ? 'quest.otherLanguage' : 'quest.english')}</Notice>
      </Show>
      <Show when={found.form.unsupported.length > 0}>
        <Notice tone="warning" title={t('quest.unsupported', { count: found.form.unsupported.length })}>
          <ul class={styles.plain}>
            <For each={found.form.unsupported}>
              {each => (
                <li>
                  <bdi>{each.text || t('quest.untitled')}</bdi>: {t(`quest.why.${each.why}`)}
                </li>
              )}
            </For>
          </ul>
        </Notice>
      </Show>
      <FormFrame form={form}>
        <For each={asked()}>
          {item => (
            <div
              class={styles.item}
              lang={found.language}
              dir={found.language === 'en' ? 'ltr' : 'auto'}
              data-depth={Math.min(item.depth, 3)}
            >
              <Question item={item} form={form} />
              <Show when={needsHelp() && item.linkId === found.instrument?.crisisItem}>
                <div ref={bringIntoView} lang={language()} dir={language() === 'ar' ? 'rtl' : 'ltr'}>
                  <CrisisHelp />
                </div>
              </Show>
            </div>
          )}
        </For>
        <TakenFields
          taken={form.draft().taken}
          errorOf={field => form.errorOf(field)}
          onChange={taken => form.change({ taken })}
        />
        <p class={styles.soft} role="status">
          {open() > 0 ? t('quest.open', { count: open() }) : ''}{' '}
          {found.instrument !== undefined && open() > 0 ? t('quest.noTotal') : ''}
        </p>
        <Show when={form.errorOf(NOTHING)}>
          <p role="alert">{t('quest.nothing')}</p>
        </Show>
      </FormFrame>
      <Show when={found.form.copyright}>
        {words => (
          <p class={styles.copyright} lang={found.language} dir="auto">
            {words()}
          </p>
        )}
      </Show>
    </>
  )
}

/** On a phone, help that comes below the window's edge is help that nobody sees; the question that it answers stays above it. */
function bringIntoView(help: HTMLElement): void {
  onMount(() => {
    if (help.getBoundingClientRect().bottom > window.innerHeight) help.parentElement?.scrollIntoView({ block: 'start' })
  })
}

function Question(props: { readonly item: FormItem; readonly form: Form }) {
  const { linkId } = props.item
  const id = createUniqueId()
  const typed = () => props.form.draft().answers[linkId] ?? ''
  const set = (value: string) => props.form.change({ answers: { ...props.form.draft().answers, [linkId]: value } })
  const error = () => errorWords(props.form.errorOf(linkId))
  let row: HTMLDivElement | undefined
  const takeBack = () => {
    row?.previousElementSibling?.querySelector('input')?.focus()
    set('')
  }
  // Its room is kept: the next question does not move from under a finger.
  const clear = () => (
    <div ref={row} classList={{ [styles.nothingToTakeBack ?? '']: typed() === '' }}>
      <Button tone="plain" onClick={takeBack} aria-describedby={id} lang={language()}>
        {t('quest.clear')}
      </Button>
      <span id={id} hidden>
        {props.item.text}
      </span>
    </div>
  )
  return (
    <Switch
      fallback={
        <TextField
          label={props.item.text}
          multiline={props.item.type === 'text'}
          type={props.item.type === 'date' ? 'date' : 'text'}
          inputMode={props.item.type === 'text' || props.item.type === 'date' ? 'text' : 'decimal'}
          value={typed()}
          onInput={set}
          error={error()}
        />
      }
    >
      <Match when={props.item.type === 'group'}>
        <h2 class={styles.group}>{props.item.text}</h2>
      </Match>
      <Match when={props.item.type === 'display'}>
        <p>{props.item.text}</p>
      </Match>
      <Match when={props.item.type === 'choice'}>
        <RadioGroup
          label={props.item.text}
          value={typed()}
          options={props.item.options.map((option, index) => ({ value: String(index), label: option.text }))}
          onChange={set}
        />
        {clear()}
      </Match>
      <Match when={props.item.type === 'boolean'}>
        <RadioGroup
          label={props.item.text}
          value={typed()}
          options={[
            { value: 'true', label: t('quest.yes') },
            { value: 'false', label: t('quest.no') },
          ]}
          onChange={set}
        />
        {clear()}
      </Match>
    </Switch>
  )
}
