import { createMemo, createSignal } from 'solid-js'
import type { SaveFailure, Session } from '#app/core/session.ts'
import { instant } from '#schema/instant.ts'
import type { Result } from '#schema/result.ts'
import { t } from '../../language/language.ts'
import { showToast } from '../../parts/toast.tsx'
import { useSession } from '../../session.ts'
import { createAnswer } from '../create-answer.ts'
import { createRows } from '../medicines/create-rows.ts'
import { writtenTime } from '../medicines/write-dose.ts'
import { saveFailureWords } from '../words.ts'

const USE = 'visit-questions'
/** What a note's title may hold. */
const MAX_TITLE = 300

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/** A question a line; empty ones are none. */
export const questionsIn = (text: string): readonly string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')

/** Puts a question on the list of the next visit. Read anew first: another page or device may have added one meanwhile. */
export async function askLater(session: Session, question: string): Promise<boolean> {
  const lines = questionsIn(await session.keptText(USE))
  return keep(session, [...lines, oneLine(question)])
}

async function keep(session: Session, lines: readonly string[]): Promise<boolean> {
  return isSaved(await session.keepText(USE, t('doctor.questions'), lines.join('\n')))
}

function isSaved(saved: Result<unknown, SaveFailure>): boolean {
  if (!saved.ok) showToast({ message: saveFailureWords(saved.failure) })
  return saved.ok
}

/** The questions of the next visit, and what was answered of earlier ones. */
export function createQuestions() {
  const session = useSession()
  const [version, setVersion] = createSignal(0)
  const text = createAnswer(version, () => session.keptText(USE))
  const notes = createRows(() => ({ kinds: ['note'] }))
  const again = () => setVersion(count => count + 1)

  async function drop(question: string): Promise<boolean> {
    const lines = questionsIn(await session.keptText(USE))
    const at = lines.indexOf(question)
    return keep(
      session,
      lines.filter((_, index) => index !== at),
    )
  }

  return {
    lines: createMemo(() => questionsIn(text() ?? '')),
    answered: createMemo(() => (notes() ?? []).filter(({ isAnswer }) => isAnswer === true)),
    async add(question: string): Promise<void> {
      if (await askLater(session, question)) again()
    },
    async remove(question: string): Promise<void> {
      if (await drop(question)) again()
    },
    /** The answer first, so that nothing is lost where the second step fails. Private, as the questions are. */
    async answer(question: string, said: string): Promise<boolean> {
      const writtenAt = writtenTime(instant(Date.now()))
      const title = question.slice(0, MAX_TITLE)
      const saved = await session.addEntry(
        { kind: 'note', title, text: said.trim(), writtenAt, about: 'visit-answer' },
        { isPrivate: true },
      )
      if (!isSaved(saved)) return false
      if (await drop(question)) again()
      return true
    },
  }
}

export type Questions = ReturnType<typeof createQuestions>
