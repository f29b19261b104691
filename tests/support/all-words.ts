import { allWords } from '#app/ui/language/language.ts'

// Screens are drawn here without the pages that wait for them.
await allWords()
