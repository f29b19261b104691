import Accessibility from 'lucide-solid/icons/accessibility'
import Activity from 'lucide-solid/icons/activity'
import Baby from 'lucide-solid/icons/baby'
import Bandage from 'lucide-solid/icons/bandage'
import BookOpen from 'lucide-solid/icons/book-open'
import ClipboardCheck from 'lucide-solid/icons/clipboard-check'
import ClipboardList from 'lucide-solid/icons/clipboard-list'
import Coffee from 'lucide-solid/icons/coffee'
import Cpu from 'lucide-solid/icons/cpu'
import FaceSlightlyFrowning from 'lucide-solid/icons/face-slightly-frowning'
import FileText from 'lucide-solid/icons/file-text'
import FlaskConical from 'lucide-solid/icons/flask-conical'
import HeartPulse from 'lucide-solid/icons/heart-pulse'
import Hospital from 'lucide-solid/icons/hospital'
import Check from 'lucide-solid/icons/check'
import Link from 'lucide-solid/icons/link'
import ListChecks from 'lucide-solid/icons/list-checks'
import OctagonAlert from 'lucide-solid/icons/octagon-alert'
import Package from 'lucide-solid/icons/package'
import Pill from 'lucide-solid/icons/pill'
import Receipt from 'lucide-solid/icons/receipt'
import Ruler from 'lucide-solid/icons/ruler'
import ScrollText from 'lucide-solid/icons/scroll-text'
import Shapes from 'lucide-solid/icons/shapes'
import ShieldCheck from 'lucide-solid/icons/shield-check'
import SquareCheck from 'lucide-solid/icons/square-check'
import Stethoscope from 'lucide-solid/icons/stethoscope'
import StickyNote from 'lucide-solid/icons/sticky-note'
import Syringe from 'lucide-solid/icons/syringe'
import Target from 'lucide-solid/icons/target'
import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import UserRound from 'lucide-solid/icons/user-round'
import UserRoundCheck from 'lucide-solid/icons/user-round-check'
import Users from 'lucide-solid/icons/users'
import Weight from 'lucide-solid/icons/weight'
import { createComponent, createRoot } from 'solid-js'
import type { EntryKind } from '#schema/record/entry.ts'
import tones from '../parts/tone.module.css'
import styles from './kind-icon.module.css'

/** A picture and a colour for each kind; neither says anything that the words beside it don't. */
const LOOKS = {
  condition: [Stethoscope, 'info'],
  allergy: [TriangleAlert, 'danger'],
  medicine: [Pill, 'violet'],
  immunization: [Syringe, 'violet'],
  'lab-result': [FlaskConical, 'warning'],
  report: [ClipboardList, 'warning'],
  procedure: [Bandage, 'info'],
  device: [Cpu, 'info'],
  directive: [ScrollText, 'plain'],
  alert: [OctagonAlert, 'danger'],
  'functional-status': [Accessibility, 'info'],
  pregnancy: [Baby, 'info'],
  story: [BookOpen, 'plain'],
  'care-plan': [ClipboardCheck, 'accent'],
  goal: [Target, 'accent'],
  'social-history': [Coffee, 'plain'],
  'blood-pressure': [HeartPulse, 'accent'],
  weight: [Weight, 'accent'],
  height: [Ruler, 'accent'],
  'vital-sign': [Activity, 'accent'],
  symptom: [FaceSlightlyFrowning, 'warning'],
  visit: [Hospital, 'info'],
  document: [FileText, 'plain'],
  'family-member': [Users, 'plain'],
  'care-team-member': [UserRoundCheck, 'plain'],
  coverage: [ShieldCheck, 'plain'],
  claim: [Receipt, 'plain'],
  person: [UserRound, 'plain'],
  note: [StickyNote, 'warning'],
  dose: [Pill, 'accent'],
  stock: [Package, 'accent'],
  answers: [ListChecks, 'info'],
  link: [Link, 'plain'],
  annotation: [StickyNote, 'warning'],
  task: [SquareCheck, 'accent'],
  'task-done': [Check, 'accent'],
  statement: [ClipboardCheck, 'plain'],
  other: [Shapes, 'plain'],
} as const satisfies Record<EntryKind, readonly [typeof Pill, string]>

/** The kind's picture on its colour; hidden from screen readers, which get the kind's name. */
export function KindIcon(props: { readonly kind: EntryKind; readonly large?: boolean }) {
  const tone = () => tones[LOOKS[props.kind][1]] ?? ''
  return (
    <span
      classList={{ [styles.icon ?? '']: true, [tone()]: true, [styles.large ?? '']: props.large === true }}
      aria-hidden="true"
    >
      {pictureOf(props.kind, props.large === true)}
    </span>
  )
}

/** Each picture is drawn once and then copied: a component for every row of a flying timeline is too dear. */
const pictures = new Map<string, Node>()

function pictureOf(kind: EntryKind, isLarge: boolean): Node | undefined {
  const name = `${kind} ${isLarge}`
  const drawn = pictures.get(name) ?? draw(kind, isLarge)
  if (drawn === undefined) return undefined
  pictures.set(name, drawn)
  return drawn.cloneNode(true)
}

function draw(kind: EntryKind, isLarge: boolean): Node | undefined {
  return createRoot(dispose => {
    const picture = createComponent(LOOKS[kind][0], { size: isLarge ? '1.6rem' : '1.25rem' })
    dispose()
    return picture instanceof Node ? picture : undefined
  })
}
