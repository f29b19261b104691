import { Navigate, type RouteDefinition, type RouteSectionProps } from '@solidjs/router'
import { type Component, lazy } from 'solid-js'
import { allWords } from './language/language.ts'
import { NotFoundPage } from './shell/not-found-page.tsx'

/** A page that is loaded when it is first visited, with the words that it may need. */
const page = (path: string, load: () => Promise<Component>): RouteDefinition => ({
  path,
  component: lazy(async () => {
    const [component] = await Promise.all([load(), allWords()])
    return { default: component }
  }),
})

/** One that a first visit begins with: it says nothing but the words at the door. */
const doorPage = (path: string, load: () => Promise<Component>): RouteDefinition => ({
  path,
  component: lazy(async () => ({ default: await load() })),
})

/** A page that shows entries as somebody else would see them, and below its address each of them whole. */
const previewing = (path: string, load: () => Promise<Component<RouteSectionProps>>): RouteDefinition => ({
  path,
  component: lazy(async () => ({ default: await load() })),
  children: [{ path: '/' }, entryPage()],
})

const entryPage = () => page('/entry/:id', async () => (await import('./features/entry/entry-page.tsx')).EntryPage)

/** Those of a record, whoever's it is. */
const readPages = () => [
  page('/', async () => (await import('./features/home/home-page.tsx')).HomePage),
  page('/timeline', async () => (await import('./features/timeline/timeline-page.tsx')).TimelinePage),
  page('/track', async () => (await import('./features/track/track-page.tsx')).TrackPage),
  page('/track/symptoms', async () => (await import('./features/track/symptoms-page.tsx')).SymptomsPage),
  page('/track/device', async () => (await import('./features/device/device-page.tsx')).DevicePage),
  page('/track/growth', async () => (await import('./features/growth/growth-page.tsx')).GrowthPage),
  page('/track/:measure', async () => (await import('./features/track/measure-page.tsx')).MeasurePage),
  page('/record', async () => (await import('./features/sections/record-page.tsx')).RecordPage),
  page('/record/:section', async () => (await import('./features/sections/section-page.tsx')).SectionPage),
  page('/more', async () => (await import('./features/more/more-page.tsx')).MorePage),
  page('/results', async () => (await import('./features/results/results-page.tsx')).ResultsPage),
  page('/results/:id', async () => (await import('./features/results/test-page.tsx')).TestPage),
  page(
    '/questionnaires',
    async () => (await import('./features/questionnaires/questionnaires-page.tsx')).QuestionnairesPage,
  ),
  page('/plan', async () => (await import('./features/plan/plan-page.tsx')).PlanPage),
  page('/changed', async () => (await import('./features/plan/changed-page.tsx')).ChangedPage),
  page('/medicines', async () => (await import('./features/medicines/medicines-page.tsx')).MedicinesPage),
  page('/learn', async () => (await import('./features/learn/learn-page.tsx')).LearnPage),
  page('/learn/:key', async () => (await import('./features/learn/learn-page.tsx')).TopicPage),
  entryPage(),
]

/** Those of who may change it. */
const changePages = () => [
  page('/questionnaires/:id', async () => (await import('./features/add/fill-page.tsx')).FillPage),
  page('/entry/:id/edit', async () => (await import('./features/add/edit-page.tsx')).EditPage),
  page('/entry/:id/note', async () => (await import('./features/add/annotation-page.tsx')).AddAnnotationPage),
  page('/add', async () => (await import('./features/add/add-page.tsx')).AddPage),
  page('/add/document', async () => (await import('./features/add/paper-page.tsx')).PaperPage),
  page('/add/:kind', async () => (await import('./features/add/add-kind-page.tsx')).AddKindPage),
  page('/medicines/:id/dose', async () => (await import('./features/add/event-page.tsx')).AddDosePage),
  page('/medicines/:id/stock', async () => (await import('./features/add/event-page.tsx')).AddStockPage),
]

/** Those of who looks after the whole of it: one’s own, and one that is kept for somebody. */
const managePages = () => [
  page('/import', async () => (await import('./features/import/import-page.tsx')).ImportPage),
  page('/take-out', async () => (await import('./features/take-out/take-out-page.tsx')).TakeOutPage),
  page('/take-out/doctor', async () => (await import('./features/take-out/doctor-page.tsx')).DoctorPage),
  page('/take-out/links', async () => (await import('./features/take-out/links-page.tsx')).LinksPage),
  page('/take-out/link', async () => (await import('./features/take-out/link-page.tsx')).LinkPage),
  page('/card', async () => (await import('./features/card/card-page.tsx')).CardPage),
  page('/late', async () => (await import('./features/late/late-page.tsx')).LatePage),
  page('/seen-twice', async () => (await import('./features/twice/twice-page.tsx')).TwicePage),
  page('/bin', async () => (await import('./features/bin/bin-page.tsx')).BinPage),
  page('/kit', async () => (await import('./features/kit/kit-page.tsx')).KitPage),
  page('/people', async () => (await import('./features/people/people-page.tsx')).PeoplePage),
  page('/people/invitation/:id', async () => (await import('./features/people/invitation-page.tsx')).InvitationPage),
  page('/people/:contactId', async () => (await import('./features/people/contact-page.tsx')).ContactPage),
  previewing('/people/:contactId/share', async () => (await import('./features/people/share-page.tsx')).SharePage),
  previewing(
    '/people/:contactId/share/:shareId',
    async () => (await import('./features/people/change-page.tsx')).ChangePage,
  ),
  page('/meet', async () => (await import('./features/people/meet-page.tsx')).MeetPage),
  page('/who-looked', async () => (await import('./features/looks/looks-page.tsx')).LooksPage),
]

/** Where people write to each other, ask and answer, and look after others. */
const togetherPages = () => [
  page('/messages', async () => (await import('./features/messages/messages-page.tsx')).MessagesPage),
  page('/messages/new', async () => (await import('./features/messages/new-message-page.tsx')).NewMessagePage),
  page('/messages/refill', async () => (await import('./features/messages/new-refill-page.tsx')).NewRefillPage),
  page(
    '/messages/appointment',
    async () => (await import('./features/messages/new-appointment-page.tsx')).NewAppointmentPage,
  ),
  page('/messages/question', async () => (await import('./features/messages/new-question-page.tsx')).NewQuestionPage),
  page(
    '/messages/correction',
    async () => (await import('./features/messages/new-correction-page.tsx')).NewCorrectionPage,
  ),
  page(
    '/messages/questionnaire',
    async () => (await import('./features/messages/new-questionnaire-page.tsx')).NewQuestionnairePage,
  ),
  page(
    '/messages/:conversationId/request/:requestId/answer',
    async () => (await import('./features/add/answer-request-page.tsx')).AnswerRequestPage,
  ),
  page('/messages/copy', async () => (await import('./features/messages/new-copy-page.tsx')).NewCopyPage),
  page('/messages/free-times', async () => (await import('./features/messages/free-times-page.tsx')).FreeTimesPage),
  page(
    '/messages/:conversationId/request/:requestId',
    async () => (await import('./features/messages/request-page.tsx')).RequestPage,
  ),
  page(
    '/messages/:conversationId/:threadId',
    async () => (await import('./features/messages/thread-page.tsx')).ThreadPage,
  ),
  page('/patients', async () => (await import('./features/patients/patients-page.tsx')).PatientsPage),
  page('/patients/answers', async () => (await import('./features/patients/answers-page.tsx')).AnswersPage),
  page('/patients/materials', async () => (await import('./features/messages/materials-page.tsx')).MaterialsPage),
  page('/patients/:contactId/write', async () => (await import('./features/add/offer-page.tsx')).OfferPage),
  page(
    '/patients/:contactId/write/:kind',
    async () => (await import('./features/add/offer-kind-page.tsx')).OfferKindPage,
  ),
  page(
    '/patients/:contactId/change/:shareId/:entryId',
    async () => (await import('./features/add/offer-kind-page.tsx')).OfferChangePage,
  ),
]

/** Those of one’s own alone: this device’s, and what leads to other people’s. */
const ownPages = () => [
  page('/clinics', async () => (await import('./features/import/clinics-page.tsx')).ClinicsPage),
  page('/kit/practice', async () => (await import('./features/kit/practice-page.tsx')).PracticePage),
  page('/devices', async () => (await import('./features/devices/devices-page.tsx')).DevicesPage),
  page('/devices/add', async () => (await import('./features/pair/old-device-page.tsx')).OldDevicePage),
  page('/backup', async () => (await import('./features/backup/backup-page.tsx')).BackupPage),
  page('/server', async () => (await import('./features/server/server-page.tsx')).ServerPage),
  page('/settings', async () => (await import('./features/settings/settings-page.tsx')).SettingsPage),
  page('/news', async () => (await import('./features/news/news-page.tsx')).NewsPage),
  page('/people/:contactId/manage', async () => (await import('./features/guardians/manage-page.tsx')).ManagePage),
  page('/take-over', async () => (await import('./features/guardians/take-over-page.tsx')).TakeOverPage),
  page('/circles', async () => (await import('./features/circles/circles-page.tsx')).CirclesPage),
  page('/circles/new', async () => (await import('./features/circles/new-circle-page.tsx')).NewCirclePage),
  page('/circles/join', async () => (await import('./features/circles/join-circle-page.tsx')).JoinCirclePage),
  {
    path: '/circles/:keptId',
    component: lazy(async () => ({ default: (await import('./features/circles/circle-room.tsx')).CircleRoom })),
    children: [
      page('/', async () => (await import('./features/circles/circle-page.tsx')).CirclePage),
      page('/members', async () => (await import('./features/circles/members-page.tsx')).MembersPage),
      page('/post/:postId', async () => (await import('./features/circles/post-page.tsx')).PostPage),
    ],
  },
  page('/keep', async () => (await import('./features/keep/keep-page.tsx')).KeepPage),
]

/** A record that somebody shares. */
const sharedPages = (): RouteDefinition => ({
  path: '/shared/:shareId',
  component: lazy(async () => ({ default: (await import('./shell/shared-record.tsx')).SharedRecord })),
  children: [
    ...readPages(),
    page('/summary', async () => (await import('./features/patients/summary-page.tsx')).SummaryPage),
    page('/copy', async () => (await import('./features/patients/copy-page.tsx')).CopyPage),
    {
      component: lazy(async () => ({ default: (await import('./shell/shared-record.tsx')).MayChange })),
      children: changePages(),
    },
  ],
})

/** While there is no record on this device. */
export const ROUTES_EMPTY: RouteDefinition[] = [
  page('/create', async () => (await import('./features/welcome/create-page.tsx')).CreatePage),
  page('/recover', async () => (await import('./features/recover/recover-page.tsx')).RecoverPage),
  page('/restore', async () => (await import('./features/backup/restore-page.tsx')).RestorePage),
  page('/pair', async () => (await import('./features/pair/new-device-page.tsx')).NewDevicePage),
  doorPage('*', async () => (await import('./features/welcome/welcome-page.tsx')).WelcomePage),
]

/** While the record is locked. */
export const ROUTES_LOCKED: RouteDefinition[] = [
  page('/recover', async () => (await import('./features/recover/recover-page.tsx')).RecoverPage),
  page('/emergency', async () => (await import('./features/card/locked-card-page.tsx')).LockedCardPage),
  doorPage('*', async () => (await import('./features/unlock/unlock-page.tsx')).UnlockPage),
]

/** While the record is open. */
export const ROUTES_OPEN: RouteDefinition[] = [
  ...readPages(),
  ...changePages(),
  ...managePages(),
  ...togetherPages(),
  ...ownPages(),
  sharedPages(),
  {
    path: '/kept/:keptId',
    component: lazy(async () => ({ default: (await import('./shell/kept-record.tsx')).KeptRecord })),
    children: [
      ...readPages(),
      ...changePages(),
      ...managePages(),
      {
        component: lazy(async () => ({ default: (await import('./shell/kept-record.tsx')).NotManaged })),
        children: togetherPages(),
      },
      sharedPages(),
      page('/guardians', async () => (await import('./features/guardians/guardians-page.tsx')).GuardiansPage),
      page('/hand-over', async () => (await import('./features/guardians/hand-over-page.tsx')).HandOverPage),
    ],
  },
  // Where the person stood when the record came to be; the words are the next thing to look after.
  { path: '/create', component: () => <Navigate href="/kit" /> },
  { path: ['/recover', '/restore', '/pair'], component: () => <Navigate href="/" /> },
  // Read at the door, and now the record is open.
  { path: '/emergency', component: () => <Navigate href="/card" /> },
  { path: '*', component: NotFoundPage },
]
