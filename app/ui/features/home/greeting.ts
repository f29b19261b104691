/** By the reader's clock: the small hours still belong to the evening. */
export function greetingKey(hour: number) {
  if (hour >= 5 && hour < 12) return 'home.greeting.morning'
  return hour >= 12 && hour < 18 ? 'home.greeting.afternoon' : 'home.greeting.evening'
}
