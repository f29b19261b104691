import type { AddOptions, NotStored, Session } from '#app/core/session.ts'
import { fail, type Result } from '#schema/result.ts'
import { type Command, fateOf } from './session-methods.ts'

type Args = readonly unknown[]

/** Waited for longer, a command may not be meant any more: the tab was frozen for hours, and all went on in another one. */
const MEANT_FOR_MS = 120_000

/** The answer of a command of which nobody knows what became: the screen keeps what was typed. */
const CUT_OFF: [NotUnderstanding] extends [never] ? CutOff : never = fail({ kind: 'not-stored', why: 'cut-off' })

type CutOff = Extract<Result<void, NotStored>, { readonly ok: false }>
type Refusal<Name extends Command> = Extract<Awaited<ReturnType<Session[Name]>>, { readonly ok: false }>
/** Commands that can be refused, but not so. There must be none. */
type NotUnderstanding = {
  [Name in Command]: [Refusal<Name>] extends [never] ? never : CutOff extends Refusal<Name> ? never : Name
}[Command]

/** A call as it can be sent to one owner of the vault after the other. */
export interface HandedCall {
  readonly args: (isAgain: boolean) => Args
  /** Whether the next owner may be asked, now. */
  maySendAgain(): boolean
  /** What is answered if not. */
  readonly cutOff: unknown
  /** Whether an owner answered that another one has the store: then nothing of it was stored. */
  isFenced(answer: unknown): boolean
}

export function handedCall(name: string, args: Args): HandedCall {
  const fate = fateOf(name)
  if (fate === 'inner') return innerCall(name, args)
  const began = [Date.now(), performance.now()] as const
  const isMeant = () => Date.now() - began[0] < MEANT_FOR_MS && performance.now() - began[1] < MEANT_FOR_MS
  const id = crypto.randomUUID()
  return {
    args: isAgain => (fate === 'named' ? named(args, id, isAgain) : args),
    maySendAgain: () => fate !== 'cut-off' && (fate !== 'again' || isMeant()),
    cutOff: CUT_OFF,
    isFenced: isFencedRefusal,
  }
}

/** `askShared` and `askKept`: whose record, the method, its arguments. A kept record's answer comes in an envelope. */
function innerCall(name: string, [record, method, args]: Args): HandedCall {
  const inner = handedCall(String(method), args as Args)
  const isKept = name === 'askKept'
  return {
    args: isAgain => [record, method, inner.args(isAgain)],
    maySendAgain: () => inner.maySendAgain(),
    cutOff: isKept ? { answer: inner.cutOff } : inner.cutOff,
    isFenced: answer => inner.isFenced(isKept ? (answer as { readonly answer: unknown } | undefined)?.answer : answer),
  }
}

/** What is added keeps the name that whoever sent it first gave it. */
function named([what, options]: Args, id: string, isAgain: boolean): Args {
  const given = options as AddOptions | undefined
  const command = given?.command ?? { id, isAgain }
  return [what, { ...given, command }]
}

function isFencedRefusal(answer: unknown): boolean {
  const { ok, failure } = (answer ?? {}) as { readonly ok?: unknown; readonly failure?: Partial<NotStored> }
  return ok === false && failure?.kind === 'not-stored' && failure.why === 'fenced'
}
