export const GROWTH_MEASURES = ['weight', 'height', 'bmi', 'head-circumference'] as const
/** Weight in kg, height (lying down below two years) and head circumference in cm, BMI in kg/m². */
export type GrowthMeasure = (typeof GROWTH_MEASURES)[number]
export type Sex = 'female' | 'male'
/** WHO Child Growth Standards 2006; CDC Growth Charts 2000. */
export const GROWTH_STANDARDS = ['who', 'cdc'] as const
export type GrowthStandard = (typeof GROWTH_STANDARDS)[number]
