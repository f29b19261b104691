import { createSignal, For, Match, Show, Switch } from 'solid-js'
import type { ClinicInfo } from '#app/core/clinic-session.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { ProgressBar } from '../../parts/progress-bar.tsx'
import { useSession, useVault, useViews } from '../../session.ts'
import { ClinicCard } from './clinic-card.tsx'
import { ConnectClinic } from './connect-clinic.tsx'
import { type ClinicStep, createClinics } from './create-clinics.ts'
import { ImportPreviewCard } from './import-preview.tsx'
import styles from './import.module.css'
import { SignInCard } from './sign-in-card.tsx'

/** A step of one kind, for `<Match>`. */
const stepOf = <Kind extends ClinicStep['kind']>(step: ClinicStep, kind: Kind) =>
  step.kind === kind ? (step as Extract<ClinicStep, { kind: Kind }>) : undefined

type Flow = ReturnType<typeof createClinics>

/** Connections to clinics’ servers: made, used, ended. */
export function ClinicsPage() {
  const flow = createClinics()
  const vault = useVault()
  const isSample = () => {
    const state = vault()
    return state.kind === 'open' && state.isSample
  }
  return (
    <Page title={t('clinic.title')} lead={t('clinic.lead')} back={{ href: '/import', label: t('import.title') }} narrow>
      <Show when={!isSample()} fallback={<Notice>{t('clinic.why.not-here')}</Notice>}>
        <UnderWay flow={flow} />
        <Show when={!['fetching', 'preview', 'saving', 'finishing'].includes(flow.step().kind)}>
          <Connections flow={flow} />
        </Show>
      </Show>
    </Page>
  )
}

/** What was asked for last, and what came of it. */
function UnderWay(props: { readonly flow: Flow }) {
  const session = useSession()
  const views = useViews()
  const step = () => props.flow.step()
  return (
    <Switch>
      <Match when={step().kind === 'finishing'}>
        <Card>
          <ProgressBar label={t('clinic.finishing')} />
        </Card>
      </Match>
      <Match when={stepOf(step(), 'connected')}>
        {done => (
          <Notice
            tone="success"
            heading
            title={t('clinic.connected', { name: done().clinic.name })}
            actions={
              <Button tone="primary" onClick={() => void props.flow.fetch(done().clinic, 'new')}>
                {t('clinic.fetch', { host: done().clinic.host })}
              </Button>
            }
          >
            {t('clinic.connected.text')}
          </Notice>
        )}
      </Match>
      <Match when={stepOf(step(), 'fetching')}>{now => <Fetching flow={props.flow} clinic={now().clinic} />}</Match>
      <Match when={stepOf(step(), 'preview')}>
        {now => (
          <ImportPreviewCard
            preview={now().preview}
            onCommit={(_leftOut, withOlder) => void props.flow.commit(now().preview, withOlder)}
            onCancel={() => void props.flow.cancel()}
            onPeople={places => void props.flow.choosePeople(now().preview, places)}
            onKeepIssuer={(file, issuer) => session.keepIssuerFile(file, issuer)}
          />
        )}
      </Match>
      <Match when={step().kind === 'saving'}>
        <Card>
          <ProgressBar label={t('import.saving')} />
        </Card>
      </Match>
      <Match when={stepOf(step(), 'done')}>
        {done => (
          <Notice
            tone="success"
            heading
            title={t('import.done', { count: done().added })}
            actions={
              <LinkButton tone="primary" href={views.hrefOf({ sources: [done().importId] })}>
                {t('import.see')}
              </LinkButton>
            }
          >
            {t('import.done.text')}
          </Notice>
        )}
      </Match>
      <Match when={stepOf(step(), 'failed')}>
        {failed => (
          <Notice tone="danger" alert title={t('clinic.failed')}>
            <p>{failed().words}</p>
            <p>{t('clinic.failed.unchanged')}</p>
          </Notice>
        )}
      </Match>
    </Switch>
  )
}

function Fetching(props: { readonly flow: Flow; readonly clinic: ClinicInfo }) {
  const label = () => {
    const { host } = props.clinic
    const count = props.flow.clinics()?.fetching?.entries ?? 0
    return count === 0 ? t('clinic.fetching', { host }) : t('clinic.fetched', { host, count })
  }
  return (
    <Card>
      <ProgressBar label={label()} />
      <div class={styles.actions}>
        <Button onClick={() => void props.flow.cancel()}>{t('act.cancel')}</Button>
      </div>
    </Card>
  )
}

function Connections(props: { readonly flow: Flow }) {
  const [again, setAgain] = createSignal<ClinicInfo>()
  return (
    <Show when={props.flow.clinics()} fallback={<output>{t('app.loading')}</output>}>
      {known => (
        <>
          <For each={known().begun}>
            {signIn => <SignInCard signIn={signIn} onAnswer={answer => void props.flow.finish(answer)} />}
          </For>
          <For each={known().clinics} fallback={<p>{t('clinic.none')}</p>}>
            {clinic => (
              <ClinicCard
                clinic={clinic}
                onFetch={what => void props.flow.fetch(clinic, what)}
                onSignInAgain={() => setAgain({ ...clinic })}
              />
            )}
          </For>
          <p class={styles.soft}>{t('clinic.local')}</p>
          <ConnectClinic again={again()} />
        </>
      )}
    </Show>
  )
}
