/** Something to do, once or again and again. */
export interface TaskFields {
  readonly kind: 'task'
  readonly title: string
  /** `rhythmText`: one text, so that two devices that change it at once make one conflict to choose in. */
  readonly rhythm: string
  readonly status: 'active' | 'ended'
  readonly note?: string
}

/** That a task was done. */
export interface TaskDoneFields {
  readonly kind: 'task-done'
  /** The task's entry, and how it was called then. */
  readonly taskId: string
  readonly taskTitle: string
  /** For which of its days: `2026-03-04`. */
  readonly due: string
  /** FHIR dateTime with zone offset: when it was really done. */
  readonly doneAt: string
  readonly note?: string
}

/** When somebody is to be seen. */
export interface AppointmentFields {
  readonly kind: 'appointment'
  /** What for. */
  readonly name: string
  /** FHIR dateTime with zone offset. */
  readonly startsAt: string
  /** How long, where somebody said it: 1–1440, whole. */
  readonly minutes?: number
  readonly withWhom?: string
  readonly place?: string
  readonly bring?: string
  readonly status: 'booked' | 'cancelled'
  readonly note?: string
}

/** Which of a task's days was answered. */
export interface TaskAnswer {
  readonly taskId: string
  readonly due: string
}
