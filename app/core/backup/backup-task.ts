import type { BackupProgress } from '../backup-session.ts'
import { Watched } from '../watched.ts'

/** What a long act is given: whether it is called off, and whom to tell how far it is. */
export interface Watch {
  readonly signal: AbortSignal
  /** 0–1. */
  readonly report: (done: number) => void
}

const IDLE: BackupProgress = { kind: 'idle', done: 0 }
/** Finer steps are nobody's business, and each goes through to the window. */
const STEP = 0.01

/** One long act at a time; a second one calls the first off and waits until it has stopped. */
export class BackupTask {
  readonly progress = new Watched<BackupProgress>(IDLE)
  #abort = new AbortController()
  #turn: Promise<unknown> = Promise.resolve()

  cancel(): void {
    this.#abort.abort()
  }

  run<Answer>(kind: BackupProgress['kind'], act: (task: Watch) => Promise<Answer>): Promise<Answer> {
    this.#abort.abort()
    const abort = new AbortController()
    this.#abort = abort
    const answer = this.#turn.then(() => this.#act(kind, abort.signal, act))
    this.#turn = answer.catch(() => undefined)
    return answer
  }

  async #act<Answer>(
    kind: BackupProgress['kind'],
    signal: AbortSignal,
    act: (task: Watch) => Promise<Answer>,
  ): Promise<Answer> {
    this.progress.set({ kind, done: 0 })
    const report = (done: number) => {
      if (done >= this.progress.value.done + STEP) this.progress.set({ kind, done })
    }
    try {
      return await act({ signal, report })
    } finally {
      this.progress.set(IDLE)
    }
  }
}
