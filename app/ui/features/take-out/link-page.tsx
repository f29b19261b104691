import { createSignal, For, Show } from 'solid-js'
import type { OutLink } from '#app/core/out-link-session.ts'
import type { Facets } from '#app/core/session.ts'
import { formatTime } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { createAnswer } from '../../record/create-answer.ts'
import { EntryList, EntryRow } from '../../record/entry-row.tsx'
import { FreshUnlockForm } from '../../record/fresh-unlock-dialog.tsx'
import { sectionNames } from '../../record/share-words.ts'
import { UntilChoice } from '../../record/until-choice.tsx'
import { useRecordPath, useSession } from '../../session.ts'
import { createOutLink, OPENS } from './create-out-link.ts'
import { entryCount, filledSections, privateCount } from './draft-take-out.ts'
import { LinkCode } from '../../record/link-code.tsx'
import { LinkFiles } from './link-files.tsx'
import { outLinkFailureWords } from './out-link-words.ts'
import styles from './take-out.module.css'

type Flow = ReturnType<typeof createOutLink>
interface Chosen {
  readonly flow: Flow
  readonly facets: Facets
}

/** What to hand out, for how long, behind which passcode; then the passphrase, then the code. */
export function LinkPage() {
  const flow = createOutLink()
  const to = useRecordPath()
  const back = () => ({ href: to('/take-out/links'), label: t('outLink.list') })
  return (
    <Show
      when={flow.made()}
      fallback={
        <Page title={t('outLink.make')} lead={t('outLink.make.lead')} back={back()} narrow>
          <Show when={flow.facets()} fallback={<output>{t('app.loading')}</output>}>
            {facets => (
              <Show when={filledSections(facets()).length > 0} fallback={<Notice>{t('out.sections.none')}</Notice>}>
                <WhatCard flow={flow} facets={facets()} />
                <LinkFiles files={flow.files} />
                <HowCard flow={flow} />
                <MakeCard flow={flow} facets={facets()} />
              </Show>
            )}
          </Show>
        </Page>
      }
    >
      {link => <Made link={link()} flow={flow} />}
    </Show>
  )
}

function WhatCard(props: Chosen) {
  const filled = () => filledSections(props.facets)
  const countOf = (section: string) => props.facets.sections.find(each => each.section === section)?.count ?? 0
  const hidden = () => privateCount(props.flow.draft, props.facets)
  return (
    <Card fields>
      <fieldset class={styles.parts}>
        <legend class={styles.legend}>{t('out.sections')}</legend>
        <div class={styles.actions}>
          <Button onClick={() => props.flow.change({ sections: filled() })}>{t('out.all')}</Button>
          <Button onClick={() => props.flow.change({ sections: [] })}>{t('out.none')}</Button>
        </div>
        <div class={styles.checks}>
          <For each={filled()}>
            {section => (
              <CheckField
                label={t('out.sections.count', { section: t(`section.${section}`), count: countOf(section) })}
                checked={props.flow.draft.sections.includes(section)}
                onChange={isOn => props.flow.setSection(section, isOn)}
              />
            )}
          </For>
        </div>
      </fieldset>
      <div>
        <p class={styles.soft}>{t('out.person')}</p>
        <Show when={hidden() > 0}>
          <p class={styles.soft}>{t('outLink.private', { count: hidden() })}</p>
        </Show>
      </div>
      <Preview {...props} />
    </Card>
  )
}

/** Every row that will be in it. */
function Preview(props: Chosen) {
  const session = useSession()
  const [isOpen, setIsOpen] = createSignal(false)
  const count = () => entryCount({ ...props.flow.draft, ...PREVIEWED }, props.facets)
  const asked = () => (isOpen() ? [...props.flow.draft.sections] : undefined)
  const rows = createAnswer(asked, sections =>
    sections.length === 0 ? Promise.resolve([]) : session.timelineRows({ sections, isPrivate: false }, 0, MAX_PREVIEW),
  )
  return (
    <details onToggle={event => setIsOpen(event.currentTarget.open)}>
      <summary>{t('outLink.preview', { count: count() })}</summary>
      <Show when={rows()}>
        {known => (
          <EntryList label={t('outLink.preview', { count: count() })}>
            <For each={known()}>
              {entry => (
                <li>
                  <EntryRow entry={entry} date="full" still />
                </li>
              )}
            </For>
          </EntryList>
        )}
      </Show>
    </details>
  )
}

const PREVIEWED = { what: 'summary', table: 'all', withPrivate: false, noneKnown: [] } as const
/** More than anybody looks through; all of it is in the record. */
const MAX_PREVIEW = 1000

function HowCard(props: { readonly flow: Flow }) {
  const wrong = (field: string) => {
    const failure = props.flow.failure()
    return failure?.kind === 'invalid' && failure.field === field ? outLinkFailureWords(failure) : undefined
  }
  return (
    <Card fields>
      <UntilChoice
        draft={props.flow.draft}
        isDateWrong={wrong('expiresAt') !== undefined}
        onChange={part => props.flow.change(part)}
      />
      <div>
        <CheckField
          label={t('outLink.living')}
          checked={props.flow.draft.isLiving}
          onChange={isLiving => props.flow.change({ isLiving })}
        />
        <p class={styles.soft}>{t('outLink.living.text')}</p>
      </div>
      <div>
        <CheckField
          label={t('outLink.passcode')}
          checked={props.flow.draft.hasPasscode}
          onChange={hasPasscode => props.flow.change({ hasPasscode })}
        />
        <p class={styles.soft}>{t('outLink.passcode.text')}</p>
      </div>
      <Show when={props.flow.draft.hasPasscode}>
        <TextField
          label={t('outLink.passcode.field')}
          value={props.flow.draft.passcode}
          onInput={passcode => props.flow.change({ passcode })}
          autocomplete="off"
          spellcheck={false}
          error={wrong('passcode')}
        />
      </Show>
      <SelectField
        label={t('outLink.opens')}
        value={props.flow.draft.opens}
        options={OPENS.map(opens => ({
          value: opens,
          label: opens === 'any' ? t('outLink.opens.any') : t('outLink.opens.count', { count: Number(opens) }),
        }))}
        onChange={opens => props.flow.change({ opens })}
      />
      <TextField
        label={t('outLink.label')}
        hint={t('outLink.label.hint')}
        optional
        value={props.flow.draft.label}
        onInput={label => props.flow.change({ label })}
        maxLength={80}
        error={wrong('label')}
      />
    </Card>
  )
}

/** The passphrase is asked for on the page: what comes next takes the place of all of it, and the focus goes to its title. */
function MakeCard(props: Chosen) {
  const [isAsking, setIsAsking] = createSignal(false)
  const count = () => entryCount({ ...props.flow.draft, ...PREVIEWED }, props.facets)
  const make = async (passphrase: string) =>
    props.flow.check() ? props.flow.make(passphrase, props.facets) : undefined
  return (
    <Card>
      <Show when={props.flow.draft.sections.length > 0}>
        <p>{t('outLink.ready', { count: count(), sections: sectionNames(props.flow.draft.sections) })}</p>
      </Show>
      <Show when={props.flow.files.chosen().length > 0}>
        <p>{t('outLink.files.with', { count: props.flow.files.chosen().length })}</p>
      </Show>
      <Show
        when={isAsking()}
        fallback={
          <div class={styles.actions}>
            <Button tone="primary" onClick={() => setIsAsking(props.flow.check())}>
              {t('outLink.make')}
            </Button>
          </div>
        }
      >
        <FreshUnlockForm act={t('outLink.make')} onUnlock={make} onCancel={() => setIsAsking(false)} />
      </Show>
      <Show when={props.flow.failure()}>
        {failure => (
          <Notice tone="warning" alert>
            {outLinkFailureWords(failure())}
          </Notice>
        )}
      </Show>
    </Card>
  )
}

function Made(props: { readonly link: OutLink; readonly flow: Flow }) {
  const to = useRecordPath()
  return (
    <Page
      title={t('outLink.made')}
      lead={t('outLink.made.lead', { time: formatTime(props.link.expiresAt) })}
      back={{ href: to('/take-out/links'), label: t('outLink.list') }}
      narrow
    >
      <Card fields>
        <LinkCode address={props.link.address} />
        <Show when={props.link.refreshedAt !== undefined}>
          <p class={styles.soft}>{t('outLink.living.made')}</p>
        </Show>
      </Card>
      <Show when={props.link.hasPasscode}>
        <Card>
          <p class={styles.legend}>{t('outLink.passcode.is', { passcode: props.flow.draft.passcode })}</p>
          <p>{t('outLink.passcode.text')}</p>
        </Card>
      </Show>
      <div>
        <LinkButton href={to('/take-out/links')}>{t('outLink.list')}</LinkButton>
      </div>
    </Page>
  )
}
