import type { Result } from '#schema/result.ts'
import type { SaveFailure, Stop } from './session.ts'

/** The part of the session that is about what somebody keeps who looks after patients: the same on all their devices, and nobody else's. */
export interface WorkspaceSession {
  watchWorkspace(listener: (workspace: Workspace) => void): Promise<Stop>
  /** A new one, or one of this id as it is from now on. */
  saveTemplate(template: Template): Promise<Result<void, SaveFailure>>
  removeTemplate(id: string): Promise<Result<void, SaveFailure>>
  /**
   * Says it in every conversation about somebody else's care, also in those that are still to come; what is said in one of them by itself
   * afterwards counts there. Empty: nothing is said any more.
   */
  sayAnswerTimesEverywhere(text: string): Promise<Result<void, SaveFailure>>
  /** To whom this person treats, in every such conversation: those that nobody has, as they change; off, none. */
  showFreeTimes(isOn: boolean): Promise<Result<void, SaveFailure>>
}

export interface Workspace {
  /** By their titles. */
  readonly templates: readonly Template[]
  /** Empty: nothing is said. */
  readonly answerTimes: string
  readonly showsFreeTimes: boolean
  /**
   * Whose apps have not given new keys yet since a device of this account was removed, by their names: until their next unlock, what they
   * share and write could be read by whoever had that device. Left out: nobody's.
   */
  readonly pending?: readonly string[]
}

/** What somebody writes often. */
export interface Template {
  /** 32 hex digits, made by whoever makes it. */
  readonly id: string
  readonly title: string
  readonly text: string
}
