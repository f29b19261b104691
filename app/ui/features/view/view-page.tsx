import Download from 'lucide-solid/icons/download'
import Printer from 'lucide-solid/icons/printer'
import RefreshCw from 'lucide-solid/icons/refresh-cw'
import { createEffect, createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import type { LinkFailure, LinkInfo } from '#app/core/link-session.ts'
import { type Instant, instant } from '#schema/instant.ts'
import type { Result } from '#schema/result.ts'
import { formatTime } from '../../language/format.ts'
import { language, t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { downloadBlob } from '../../parts/download.ts'
import { focusOnMount } from '../../parts/focus-on-mount.ts'
import { Form } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { formatWhen } from '../../record/format-when.ts'
import { linkFailureWords } from '../../record/link-words.ts'
import { ToldSections } from '../../record/told-sections-view.tsx'
import { FilesCard } from './files-card.tsx'
import { readSummary, type ShownSummary } from './read-summary.ts'
import styles from './view.module.css'

type Asked = { readonly recipient: string; readonly passcode?: string }

/** What came, and what was typed for it: kept while the page is open, to look again with. */
interface OpenedWith {
  readonly files: readonly string[]
  readonly asked: Asked
}

/** The link in the page's address, and how it is opened; what fetches and decrypts is not the screen's. */
interface Door {
  readonly link: Result<LinkInfo, LinkFailure | { readonly kind: 'foreign'; readonly host: string }>
  open(asked: Asked): Promise<Result<readonly string[], LinkFailure>>
}

/** For whoever was given a health link and has no Wellkeep: asks for a name, shows the summary, prints it, gives it as a file. */
export function ViewPage(props: { readonly door: Door }) {
  const [opened, setOpened] = createSignal<OpenedWith>()
  createEffect(() => {
    document.title = `${t('view.title')} – ${t('app.name')}`
  })
  const info = () => (props.door.link.ok ? props.door.link.value : undefined)
  return (
    <main class={styles.page}>
      <Show
        when={opened()}
        fallback={
          <>
            <h1>{t('view.title')}</h1>
            <Show when={info()} fallback={<Refused door={props.door} />}>
              {link => <Ask link={link()} door={props.door} onOpened={setOpened} />}
            </Show>
          </>
        }
      >
        {known => (
          <Opened
            files={known().files}
            again={
              <Show when={info()?.isLongTerm}>
                <Again door={props.door} opened={known()} onOpened={setOpened} />
              </Show>
            }
          />
        )}
      </Show>
    </main>
  )
}

function Refused(props: { readonly door: Door }) {
  const words = () => {
    const { link } = props.door
    if (link.ok) return ''
    return link.failure.kind === 'foreign'
      ? t('view.foreign', { host: link.failure.host })
      : linkFailureWords(link.failure)
  }
  return <Notice tone="warning">{words()}</Notice>
}

function Ask(props: { readonly link: LinkInfo; readonly door: Door; readonly onOpened: (opened: OpenedWith) => void }) {
  const [name, setName] = createSignal('')
  const [passcode, setPasscode] = createSignal('')
  const [isTried, setIsTried] = createSignal(false)
  const [isOpening, setIsOpening] = createSignal(false)
  const [failure, setFailure] = createSignal<LinkFailure>()
  const lacksName = () => name().trim() === ''
  const lacksPasscode = () => props.link.needsPasscode && passcode().trim() === ''
  const open = async () => {
    setIsTried(true)
    setFailure()
    if (lacksName() || lacksPasscode() || isOpening()) return
    setIsOpening(true)
    const typed = props.link.needsPasscode ? { passcode: passcode() } : {}
    const asked = { recipient: name(), ...typed }
    const opened = await props.door.open(asked)
    setIsOpening(false)
    if (opened.ok) props.onOpened({ files: opened.value, asked })
    else setFailure(opened.failure)
  }
  return (
    <>
      <p>{t('view.lead')}</p>
      <Card title={<bdi>{props.link.label ?? t('view.title')}</bdi>}>
        <Show when={props.link.expiresAt}>
          {end => <p class={styles.soft}>{t('link.until', { date: formatTime(end()) })}</p>}
        </Show>
        <p>{t('view.text')}</p>
        <Form
          onSubmit={open}
          actions={
            <Button type="submit" tone="primary" busy={isOpening()}>
              {t('view.open')}
            </Button>
          }
        >
          <TextField
            label={t('view.name')}
            value={name()}
            onInput={setName}
            maxLength={100}
            autocomplete="organization"
            error={isTried() && lacksName() ? t('view.name.needed') : undefined}
          />
          <Show when={props.link.needsPasscode}>
            <TextField
              label={t('link.passcode')}
              hint={t('link.passcode.hint')}
              value={passcode()}
              onInput={setPasscode}
              autocomplete="off"
              spellcheck={false}
              error={isTried() && lacksPasscode() ? t('link.passcode.missing') : undefined}
            />
          </Show>
          <Failed failure={failure()} />
        </Form>
      </Card>
    </>
  )
}

function Failed(props: { readonly failure: LinkFailure | undefined }) {
  return (
    <Show when={props.failure}>
      {why => (
        <Notice tone="danger" alert>
          {linkFailureWords(why())}
        </Notice>
      )}
    </Show>
  )
}

const summaryIn = (files: readonly string[]) => files.map(readSummary).find(shown => shown !== undefined)

/** Of a living link. What was opened stays on the page when there is nothing behind the link any more. */
function Again(props: {
  readonly door: Door
  readonly opened: OpenedWith
  readonly onOpened: (opened: OpenedWith) => void
}) {
  const [isLooking, setIsLooking] = createSignal(false)
  const [found, setFound] = createSignal<'none' | 'newer'>()
  const [failure, setFailure] = createSignal<LinkFailure>()
  const changedOn = () => momentOf(summaryIn(props.opened.files)?.date ?? '')
  const look = async () => {
    const { asked, files } = props.opened
    setIsLooking(true)
    setFound()
    setFailure()
    const opened = await props.door.open(asked)
    setIsLooking(false)
    if (!opened.ok) return setFailure(opened.failure)
    setFound(opened.value.join() === files.join() ? 'none' : 'newer')
    props.onOpened({ files: opened.value, asked })
  }
  return (
    <div class={styles.again}>
      <Show when={changedOn()}>{time => <p>{t('view.living', { time: formatTime(time()) })}</p>}</Show>
      <Button icon={<RefreshCw size="1.25rem" />} busy={isLooking()} onClick={() => void look()}>
        {t('view.again')}
      </Button>
      <p class={styles.soft}>{t('view.again.text')}</p>
      <output>{found() === undefined ? '' : t(found() === 'none' ? 'view.again.none' : 'view.again.newer')}</output>
      <Failed failure={failure()} />
    </div>
  )
}

function momentOf(date: string): Instant | undefined {
  const time = Date.parse(date)
  return Number.isNaN(time) ? undefined : instant(time)
}

function Opened(props: { readonly files: readonly string[]; readonly again: JSX.Element }) {
  const summary = () => summaryIn(props.files)
  const download = () => {
    for (const [index, file] of props.files.entries()) {
      const number = props.files.length > 1 ? `-${index + 1}` : ''
      downloadBlob(new Blob([file], { type: 'application/fhir+json' }), `health-summary${number}.json`)
    }
  }
  const acts = (): JSX.Element => (
    <div class={styles.acts}>
      <Show when={summary()}>
        <Button tone="primary" icon={<Printer size="1.25rem" />} onClick={() => print()}>
          {t('doctor.print')}
        </Button>
      </Show>
      <Button icon={<Download size="1.25rem" />} onClick={download}>
        {t('view.download')}
      </Button>
    </div>
  )
  return (
    <Switch>
      <Match when={summary()}>{shown => <Shown summary={shown()} acts={acts()} again={props.again} />}</Match>
      <Match when={summary() === undefined}>
        <h1 tabindex="-1" ref={focusOnMount}>
          {t('view.title')}
        </h1>
        <Notice tone="warning">{t('view.noSummary')}</Notice>
        {props.again}
        {acts()}
      </Match>
    </Switch>
  )
}

function Shown(props: { readonly summary: ShownSummary; readonly acts: JSX.Element; readonly again: JSX.Element }) {
  const day = (text: string) => formatWhen({ text }, language(), 'long')
  return (
    <>
      <header>
        <h1 tabindex="-1" ref={focusOnMount} dir="auto">
          {props.summary.name === '' ? t('view.title') : props.summary.name}
        </h1>
        <Show when={props.summary.birthDate !== ''}>
          <p class={styles.who}>{t('doctor.born', { date: day(props.summary.birthDate) })}</p>
        </Show>
        <Show when={props.summary.date !== ''}>
          <p class={styles.soft}>{t('doctor.made', { date: day(props.summary.date) })}</p>
        </Show>
      </header>
      <Notice>{t('view.unchecked')}</Notice>
      {props.again}
      {props.acts}
      <Card title={<bdi>{props.summary.title}</bdi>}>
        <ToldSections sections={props.summary.sections} />
      </Card>
      <Show when={props.summary.files.length > 0}>
        <FilesCard files={props.summary.files} />
      </Show>
    </>
  )
}
