/** Between the page that clinics send people back to and the app beside it, in one browser profile. */
const CHANNEL = 'wellkeep/clinic-answer'

type Message =
  /** What the clinic sent the browser back with. */
  | { readonly kind: 'answer'; readonly answer: string }
  /** A window of the app waits for one. */
  | { readonly kind: 'waiting' }
  /** That window has it: nobody else needs it. */
  | { readonly kind: 'taken'; readonly answer: string }

/** Offers an answer to whoever waits, now or later, until the answered function is called. */
export function offerAnswer(answer: string, onTaken: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  const send = (message: Message) => channel.postMessage(message)
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'waiting') send({ kind: 'answer', answer })
    if (data.kind === 'taken' && data.answer === answer) onTaken()
  }
  send({ kind: 'answer', answer })
  return () => channel.close()
}

/** Asks for answers until the answered function is called; `take` says whether one was waited for. */
export function awaitAnswers(take: (answer: string) => boolean): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  const send = (message: Message) => channel.postMessage(message)
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'answer' && take(data.answer)) send({ kind: 'taken', answer: data.answer })
  }
  send({ kind: 'waiting' })
  return () => channel.close()
}
