import { createResource, createSignal, For, Show } from 'solid-js'
import { createStore } from 'solid-js/store'
import type { KitFailure } from '#app/core/session.ts'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { Page } from '../../parts/page.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { FailureNotice } from '../../record/failure-notice.tsx'
import { useSession } from '../../session.ts'

/** Asks for the words that the vault chose; the kit counts once they are right. */
export function KitConfirm(props: { readonly onBack: () => void; readonly onConfirmed: () => void }) {
  const session = useSession()
  const [positions] = createResource(() => session.kitChallenge())
  const [words, setWords] = createStore<Record<number, string>>({})
  const [wrong, setWrong] = createSignal<readonly number[]>([])
  const [notStored, setNotStored] = createSignal<Extract<KitFailure, { kind: 'not-stored' }>>()
  const [isWorking, setIsWorking] = createSignal(false)
  const submit = async () => {
    const asked = positions() ?? []
    const empty = asked.filter(position => (words[position] ?? '').trim() === '')
    setWrong(empty)
    setNotStored(undefined)
    if (isWorking() || empty.length > 0) return
    setIsWorking(true)
    const answers = asked.map(position => ({ position, word: (words[position] ?? '').trim().toLowerCase() }))
    const confirmed = await session.confirmKit(answers)
    // Without a kit, another tab may have confirmed it meanwhile; else these words were asked for before a lock.
    const shown = !confirmed.ok && confirmed.failure.kind === 'no-kit' ? await session.showKit() : undefined
    const isGone = shown?.ok === false && shown.failure.kind === 'no-kit'
    setIsWorking(false)
    if (confirmed.ok || isGone) return props.onConfirmed()
    const { failure } = confirmed
    if (failure.kind === 'wrong-words') setWrong(failure.positions)
    else if (failure.kind === 'not-stored') setNotStored(failure)
    else props.onBack()
  }
  const errorAt = (position: number) => {
    if (!wrong().includes(position)) return undefined
    return (words[position] ?? '').trim() === '' ? t('field.needed') : t('kit.confirm.wrong', { position })
  }
  return (
    <Page title={t('kit.confirm.title')} lead={t('kit.confirm.lead')} narrow>
      <Show when={positions()}>
        <Form
          onSubmit={submit}
          actions={
            <>
              <Button type="submit" tone="primary" busy={isWorking()}>
                {t('kit.confirm.submit')}
              </Button>
              <Button tone="plain" onClick={() => props.onBack()}>
                {t('kit.confirm.back')}
              </Button>
            </>
          }
        >
          <For each={positions()}>
            {position => (
              <TextField
                label={t('kit.confirm.word', { position })}
                value={words[position] ?? ''}
                onInput={word => setWords(position, word)}
                error={errorAt(position)}
                spellcheck={false}
              />
            )}
          </For>
          <FailureNotice failure={notStored()} />
        </Form>
      </Show>
    </Page>
  )
}
