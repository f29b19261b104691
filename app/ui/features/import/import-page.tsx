import { useNavigate, useSearchParams } from '@solidjs/router'
import { createSignal, Match, onMount, Show, Switch } from 'solid-js'
import type { ImportProgress } from '#app/core/import-session.ts'
import { formatList } from '../../language/format.ts'
import { t } from '../../language/language.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Card } from '../../parts/card.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { SeenTwiceLink } from '../../record/seen-twice-link.tsx'
import { QrScanner } from '../../parts/qr-scanner.tsx'
import { ProgressBar } from '../../parts/progress-bar.tsx'
import { usePapersInHand, useRecordPath, useViews } from '../../session.ts'
import { isPaper } from './chosen-files.ts'
import { createImport } from './create-import.ts'
import { ClinicsCard } from './clinics-card.tsx'
import { ExportCard } from './export-card.tsx'
import { importFailureWords } from './failure-words.ts'
import { FileDrop } from './file-drop.tsx'
import styles from './import.module.css'
import type { ImportStep } from './import-step.ts'
import { ImportPreviewCard } from './import-preview.tsx'
import { DirectoryCard } from './directory-card.tsx'
import { IssuerFileCard, TrustedIssuers } from './issuer-cards.tsx'
import { LinkCard } from './link-card.tsx'
import { PasteField } from './paste-field.tsx'
import { TableColumnsCard } from './table-columns.tsx'
import { PastImports } from './past-imports.tsx'
import { KeepAsDocuments } from './told-files.tsx'

/** A step of one kind, for `<Match>`. */
const stepOf = <Kind extends ImportStep['kind']>(step: ImportStep, kind: Kind) =>
  step.kind === kind ? (step as Extract<ImportStep, { kind: Kind }>) : undefined

/** Nothing is read from it, but it can be kept. */
const papersOf = ({ failure, file }: Extract<ImportStep, { kind: 'failed' }>): readonly File[] =>
  isPaper(failure) && file instanceof File ? [file] : []

/** Bringing records in, and taking them out. */
export function ImportPage() {
  const flow = createImport()
  const views = useViews()
  const to = useRecordPath()
  const navigate = useNavigate()
  const inHand = usePapersInHand()
  const keepAsDocuments = (files: readonly File[]) => {
    inHand.give(files)
    navigate(to('/add/document'))
  }
  const [isScanning, setScanning] = createSignal(false)
  /** A card in several codes is held before the camera until the last of them. */
  const scanned = async (text: string) => {
    await flow.readText(text)
    if (flow.step().kind !== 'more-codes') setScanning(false)
  }
  const codesSoFar = () => {
    const codes = stepOf(flow.step(), 'more-codes')
    return codes && codesWords(codes)
  }
  const [search, setSearch] = useSearchParams<{
    entry?: string
    conversation?: string
    file?: string
    request?: string
  }>()
  onMount(() => {
    const { entry, conversation, file, request } = search
    if (entry === undefined && conversation === undefined) return
    if (entry !== undefined) void flow.readKept(entry, Number(file))
    else if (conversation !== undefined && file !== undefined) void flow.readSent(conversation, file, request)
    // Who comes back by the browser's button chooses anew.
    setSearch({ entry: undefined, conversation: undefined, file: undefined, request: undefined }, { replace: true })
  })
  const drop = (takesFocus: boolean) => (
    <FileDrop onFiles={files => void flow.read(files)} onScan={() => setScanning(true)} takesFocus={takesFocus} />
  )
  const isWorking = () => flow.step().kind === 'reading' || flow.step().kind === 'saving'
  return (
    <Page title={t('import.title')} lead={t('import.intro')} narrow>
      <Switch>
        <Match when={stepOf(flow.step(), 'choose')}>
          {drop(flow.hasBegun())}
          <details class={styles.fresh}>
            <summary>{t('import.formats')}</summary>
            <p>{t('import.formats.text')}</p>
          </details>
          <PasteField onText={text => void flow.readText(text)} />
          <ClinicsCard />
        </Match>
        <Match when={stepOf(flow.step(), 'preview')}>
          {step => (
            <ImportPreviewCard
              preview={step().preview}
              papers={{ files: step().papers ?? [], onKeep: () => keepAsDocuments(step().papers ?? []) }}
              onCommit={(leftOut, withOlder) => void flow.commit(step().preview, leftOut, withOlder)}
              onCancel={() => void flow.cancel()}
              onPeople={places => void flow.choosePeople(step().preview, places)}
              onKeepIssuer={flow.keepIssuer}
              onChangeColumns={flow.changeColumns}
            />
          )}
        </Match>
        <Match when={stepOf(flow.step(), 'columns')} keyed>
          {step => (
            <TableColumnsCard
              step={step}
              onRead={columns => void flow.readColumns(step, columns)}
              onCancel={() => void flow.cancel()}
            />
          )}
        </Match>
        <Match when={stepOf(flow.step(), 'more-codes')}>
          {step => (
            <>
              <Notice alert title={t('import.codes.title')}>
                {codesWords(step())}
              </Notice>
              {drop(true)}
              <div class={styles.actions}>
                <Button onClick={() => void flow.cancel()}>{t('act.cancel')}</Button>
              </div>
            </>
          )}
        </Match>
        <Match when={stepOf(flow.step(), 'link')}>
          {step => (
            <LinkCard
              step={step()}
              onFetch={given => void flow.fetchFrom(step(), given)}
              onCancel={() => void flow.cancel()}
            />
          )}
        </Match>
        <Match when={stepOf(flow.step(), 'issuer-file')}>
          {step => <IssuerFileCard step={step()} onKeep={flow.keepIssuer} onCancel={() => void flow.cancel()} />}
        </Match>
        <Match when={stepOf(flow.step(), 'directory')}>
          {step => (
            <DirectoryCard
              step={step()}
              kept={flow.directories() ?? []}
              onKeep={flow.keepDirectory}
              onCancel={() => void flow.cancel()}
            />
          )}
        </Match>
        <Match when={stepOf(flow.step(), 'done')}>
          {step => (
            <>
              <Notice
                tone="success"
                heading
                title={t('import.done', { count: step().added })}
                actions={
                  <>
                    <LinkButton tone="primary" href={views.hrefOf({ sources: [step().importId] })}>
                      {t('import.see')}
                    </LinkButton>
                    <Button onClick={() => flow.startOver()}>{t('import.another')}</Button>
                  </>
                }
              >
                {t('import.done.text')}
                <SeenTwiceLink key={step().importId} />
              </Notice>
              <KeepAsDocuments files={step().papers} onKeep={() => keepAsDocuments(step().papers)} />
            </>
          )}
        </Match>
        <Match when={stepOf(flow.step(), 'failed')}>
          {step => (
            <>
              <Notice
                tone="danger"
                alert
                title={t('import.failed.title')}
                actions={
                  isPaper(step().failure) && (
                    <Button onClick={() => keepAsDocuments(papersOf(step()))}>{t('paper.keepIt')}</Button>
                  )
                }
              >
                <p>{importFailureWords(step().failure)}</p>
                <p>{t('import.failed.unchanged')}</p>
              </Notice>
              {drop(true)}
            </>
          )}
        </Match>
      </Switch>
      <Show when={isWorking()}>
        <Working step={flow.step()} progress={flow.progress()} onCancel={() => void flow.cancel()} />
      </Show>
      <PastImports
        imports={flow.imports() ?? []}
        onTakeBack={flow.takeBack}
        onLookAgain={info => void flow.lookAgain(info.importId)}
        onForgetLink={flow.forgetLink}
      />
      <TrustedIssuers
        issuers={flow.issuers() ?? []}
        directories={flow.directories() ?? []}
        onForget={flow.forgetIssuer}
        onForgetDirectory={flow.forgetDirectory}
      />
      <ExportCard />
      <QrScanner
        open={isScanning()}
        hasWords={false}
        onClose={() => setScanning(false)}
        soFar={codesSoFar()}
        onFound={text => void scanned(text)}
      />
    </Page>
  )
}

const codesWords = ({ have, total }: Extract<ImportStep, { kind: 'more-codes' }>) =>
  t('import.codes.text', { have: formatList(have.map(String)), total })

/** How far reading or saving is. Either can be broken off; what is saved all the same was too far, and can be taken back whole. */
function Working(props: {
  readonly step: ImportStep
  readonly progress: ImportProgress | undefined
  readonly onCancel: () => void
}) {
  const label = () => {
    const step = props.step
    if (step.kind !== 'reading') return t('import.saving')
    const file = step.fileName
    return props.progress?.kind === 'checking' ? t('import.checking', { file }) : t('import.reading', { file })
  }
  const done = () => {
    const progress = props.progress
    return progress === undefined || progress.kind === 'idle' ? undefined : progress.done
  }
  return (
    <Card>
      <ProgressBar label={label()} done={done()} />
      <div class={styles.actions}>
        <Button onClick={() => props.onCancel()}>{t('act.cancel')}</Button>
      </div>
    </Card>
  )
}
