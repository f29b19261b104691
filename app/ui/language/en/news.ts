/** Words of what is new. */
export const news = {
  'news.title': 'What is new',
  'news.lead': 'A line goes away once you have looked at what it is about, or answered it.',
  'news.none': 'Nothing is new',
  'news.none.text': 'What people write to you, ask of you or share with you will stand here.',
  'news.count': { one: '{count} new', other: '{count} new' },
  'news.waiting': { one: 'One request waits for you', other: '{count} requests wait for you' },
  'news.toRead': { one: 'One thing to read', other: '{count} things to read' },
  'news.answered': { one: 'Something new in one request', other: 'Something new in {count} requests' },
  'news.share': '{name} wants to share their record with you',
  'news.kept.offered': { one: 'One share waits for an answer', other: '{count} shares wait for an answer' },
  'news.offer': 'The record of {name} is offered to you',
  'news.answer': 'Waits for your answer',
} as const
