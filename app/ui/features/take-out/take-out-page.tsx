import CreditCard from 'lucide-solid/icons/credit-card'
import Download from 'lucide-solid/icons/download'
import QrCode from 'lucide-solid/icons/qr-code'
import Stethoscope from 'lucide-solid/icons/stethoscope'
import { createSignal, For, Show } from 'solid-js'
import { TABLES } from '#app/core/exchange/csv/write-csv.ts'
import type { Facets } from '#app/core/session.ts'
import type { Section } from '#schema/record/sections.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { CheckField } from '../../parts/check-field.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { RadioGroup } from '../../parts/radio-group.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import { FreshUnlockDialog } from '../../record/fresh-unlock-dialog.tsx'
import { sectionNames } from '../../record/share-words.ts'
import { useRecordPath, useVault } from '../../session.ts'
import { createTakeOut, type Making } from './create-take-out.ts'
import {
  emptyRequired,
  entryCount,
  filledSections,
  fixedSections,
  privateCount,
  type TakeOutDraft,
  type What,
} from './draft-take-out.ts'
import styles from './take-out.module.css'

const WHATS: readonly What[] = ['summary', 'fhir-bundle', 'fhir-ndjson', 'table', 'calendar']

type Flow = ReturnType<typeof createTakeOut>

interface Chosen {
  readonly flow: Flow
  readonly draft: TakeOutDraft
  readonly facets: Facets
}

/** What to take out, of which parts, in which form; then the passphrase, then the file. */
export function TakeOutPage() {
  const flow = createTakeOut()
  return (
    <Page title={t('out.title')} lead={t('out.lead')} narrow>
      <Show when={flow.facets()} fallback={<output>{t('app.loading')}</output>}>
        {facets => (
          <Show when={flow.draft()}>
            {draft => (
              <Show when={filledSections(facets()).length > 0} fallback={<Notice>{t('out.sections.none')}</Notice>}>
                <WhatChoice flow={flow} draft={draft()} facets={facets()} />
                <SectionChecks flow={flow} draft={draft()} facets={facets()} />
                <EmptySections flow={flow} draft={draft()} facets={facets()} />
                <MakeCard flow={flow} draft={draft()} facets={facets()} />
              </Show>
            )}
          </Show>
        )}
      </Show>
      <AsLink />
      <OnPaper />
    </Page>
  )
}

function WhatChoice(props: Chosen) {
  return (
    <Card fields>
      <RadioGroup
        label={t('out.what')}
        value={props.draft.what}
        options={WHATS.map(what => ({ value: what, label: t(`out.${what}`), about: t(`out.${what}.about`) }))}
        onChange={what => props.flow.setWhat(what)}
      />
      <Show when={props.draft.what === 'table'}>
        <SelectField
          label={t('out.table.which')}
          value={props.draft.table}
          options={TABLES.map(table => ({ value: table, label: t(`out.table.${table}`) }))}
          onChange={table => props.flow.setTable(table)}
        />
      </Show>
      <Show when={props.draft.what === 'calendar'}>
        <div>
          <CheckField
            label={t('out.calendar.doses')}
            checked={props.draft.sections.includes('medicines')}
            onChange={isOn => props.flow.setSection('medicines', isOn)}
          />
          <p class={styles.soft}>{t('out.calendar.doses.about')}</p>
        </div>
      </Show>
    </Card>
  )
}

/** Where the file has its parts by itself, only the question about what is private is left. */
function SectionChecks(props: Chosen) {
  const filled = () => filledSections(props.facets)
  const isFree = () => fixedSections(props.draft) === undefined
  const hidden = () => privateCount(props.draft, props.facets)
  return (
    <Show when={isFree() || hidden() > 0}>
      <Card fields>
        <Show when={isFree()}>
          <fieldset class={styles.parts}>
            <legend class={styles.legend}>{t('out.sections')}</legend>
            <div class={styles.actions}>
              <Button onClick={() => props.flow.setSections(filled())}>{t('out.all')}</Button>
              <Button onClick={() => props.flow.setSections([])}>{t('out.none')}</Button>
            </div>
            <div class={styles.checks}>
              <For each={filled()}>{section => <SectionCheck {...props} section={section} />}</For>
            </div>
          </fieldset>
          <p class={styles.soft}>{t('out.person')}</p>
        </Show>
        <Show when={hidden() > 0}>
          <div>
            <CheckField
              label={t('out.private', { count: hidden() })}
              checked={props.draft.withPrivate}
              onChange={isOn => props.flow.setPrivate(isOn)}
            />
            <p class={styles.soft}>{t('out.private.text')}</p>
          </div>
        </Show>
      </Card>
    </Show>
  )
}

function SectionCheck(props: Chosen & { readonly section: Section }) {
  const count = () => props.facets.sections.find(each => each.section === props.section)?.count ?? 0
  return (
    <CheckField
      label={t('out.sections.count', { section: t(`section.${props.section}`), count: count() })}
      checked={props.draft.sections.includes(props.section)}
      onChange={isOn => props.flow.setSection(props.section, isOn)}
    />
  )
}

/** A summary says something of problems, allergies and medicines in any case: what, where nothing is noted, only the person knows. */
function EmptySections(props: Chosen) {
  return (
    <Show when={emptyRequired(props.draft, props.facets).length > 0}>
      <Card title={t('out.empty')} fields>
        <For each={emptyRequired(props.draft, props.facets)}>
          {section => (
            <RadioGroup
              label={t('out.empty.section', { section: t(`section.${section}`) })}
              value={props.draft.noneKnown.includes(section) ? 'none' : 'unsaid'}
              options={[
                { value: 'unsaid', label: t('out.empty.unsaid') },
                { value: 'none', label: t('out.empty.none') },
              ]}
              onChange={said => props.flow.setNoneKnown(section, said === 'none')}
            />
          )}
        </For>
      </Card>
    </Show>
  )
}

const ENDS = {
  failed: 'out.failed',
  'nothing-chosen': 'out.nothing',
  'nothing-planned': 'out.nothingPlanned',
} as const satisfies Record<Exclude<Making, 'idle' | 'making' | 'done'>, string>

/** What will be in the file, and the act. */
function MakeCard(props: Chosen) {
  const vault = useVault()
  const [isAsking, setIsAsking] = createSignal(false)
  const isSample = () => {
    const state = vault()
    return state.kind === 'open' && state.isSample
  }
  const start = () => (isSample() ? void props.flow.make('') : setIsAsking(true))
  const end = () => {
    const now = props.flow.making()
    return now === 'idle' || now === 'making' || now === 'done' ? undefined : now
  }
  const isPart = () => props.draft.what === 'calendar' || (props.draft.what === 'table' && props.draft.table !== 'all')
  return (
    <Card title={t('out.ready.title')} icon={<Download />}>
      <Show when={!isPart()}>
        <p>
          {t('out.ready', {
            count: entryCount(props.draft, props.facets),
            sections: sectionNames(props.draft.sections),
          })}
        </p>
      </Show>
      <p>
        {t(
          props.draft.withPrivate && privateCount(props.draft, props.facets) > 0
            ? 'out.ready.private'
            : 'out.ready.open',
        )}{' '}
        {t('out.ready.plain')}
      </p>
      <div class={styles.actions}>
        <Button tone="primary" busy={props.flow.making() === 'making'} onClick={start}>
          {props.flow.making() === 'making' ? t('out.making') : t('out.make')}
        </Button>
      </div>
      <output>
        <Show when={props.flow.making() === 'done'}>{t('out.done')}</Show>
      </output>
      <Show when={end()}>
        {kind => (
          <Notice tone="warning" alert>
            {t(ENDS[kind()])}
          </Notice>
        )}
      </Show>
      <FreshUnlockDialog
        open={isAsking()}
        onClose={() => setIsAsking(false)}
        title={t('out.title')}
        act={t('out.make')}
        onUnlock={passphrase => props.flow.make(passphrase)}
      >
        {t('out.ready.plain')}
      </FreshUnlockDialog>
    </Card>
  )
}

function AsLink() {
  const to = useRecordPath()
  return (
    <Card title={t('outLink.card')} icon={<QrCode />}>
      <p>{t('outLink.card.text')}</p>
      <div class={styles.actions}>
        <LinkButton href={to('/take-out/link')}>{t('outLink.make')}</LinkButton>
        <LinkButton href={to('/take-out/links')}>{t('outLink.list')}</LinkButton>
      </div>
    </Card>
  )
}

function OnPaper() {
  const to = useRecordPath()
  return (
    <Card title={t('out.paper')}>
      <div class={styles.papers}>
        <LinkButton href={to('/take-out/doctor')} icon={<Stethoscope />}>
          {t('out.doctor')}
        </LinkButton>
        <p class={styles.soft}>{t('out.doctor.about')}</p>
        <LinkButton href={to('/card')} icon={<CreditCard />}>
          {t('out.card')}
        </LinkButton>
        <p class={styles.soft}>{t('out.card.about')}</p>
      </div>
    </Card>
  )
}
