import { createResource, createSignal, For, Show } from 'solid-js'
import { createStore } from 'solid-js/store'
import { t } from '../../language/language.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { Page } from '../../parts/page.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useSession } from '../../session.ts'

/** Asks for the words that the vault chose; the kit counts once they are right. */
export function KitConfirm(props: { readonly onBack: () => void; readonly onConfirmed: () => void }) {
  const session = useSession()
  const [positions] = createResource(() => session.kitChallenge())
  const [words, setWords] = createStore<Record<number, string>>({})
  const [wrong, setWrong] = createSignal<number>()
  const [isWorking, setIsWorking] = createSignal(false)
  const submit = async () => {
    const asked = positions() ?? []
    const empty = asked.find(position => (words[position] ?? '').trim() === '')
    setWrong(empty)
    if (isWorking() || empty !== undefined) return
    setIsWorking(true)
    const answers = asked.map(position => ({ position, word: (words[position] ?? '').trim().toLowerCase() }))
    const confirmed = await session.confirmKit(answers)
    // Another tab may have confirmed it meanwhile; or this could not be stored, and the words are still there.
    const isStillThere = !confirmed.ok && (await session.showKit()) !== undefined
    setIsWorking(false)
    if (!isStillThere) props.onConfirmed()
    else if (confirmed.failure.kind === 'wrong-word') setWrong(confirmed.failure.position)
    else props.onBack()
  }
  const errorAt = (position: number) => {
    if (wrong() !== position) return undefined
    return (words[position] ?? '').trim() === '' ? t('field.needed') : t('kit.confirm.wrong', { position })
  }
  return (
    <Page title={t('kit.confirm.title')} lead={t('kit.confirm.lead')} narrow>
      <Show when={positions()}>
        <Form
          onSubmit={() => void submit()}
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
        </Form>
      </Show>
    </Page>
  )
}
