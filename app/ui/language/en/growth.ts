/** How a child grows, beside published curves. */
export const growth = {
  'measure.head-circumference': 'Head circumference',
  'growth.title': 'Growth',
  'growth.link': 'Growth curves',
  'growth.grown': 'Growth curves are for children and young people up to 20 years.',
  'growth.change': 'Change what the curves go by',
  'growth.ask': 'Whom are the curves for?',
  'growth.ask.text':
    'Growth curves differ by sex and age. What you say here is kept with your settings and shows on your own devices only.',
  'growth.show': 'Show the curves',
  'growth.sex': 'Sex',
  'growth.sex.hint': 'The curves were made for these two.',
  'growth.sex.female': 'Girl',
  'growth.sex.male': 'Boy',
  'growth.sex.needed': 'Please choose which of the two curves to show.',
  'growth.birth': 'Date of birth',
  'growth.birth.needed': 'Please give the whole date of birth: day, month and year.',
  'growth.birth.ahead': 'This day is still to come.',
  'growth.weeks': 'Born after how many weeks of pregnancy?',
  'growth.weeks.hint':
    'Only if born before 37 weeks: until two years, the age is then counted from the day the child was due. Leave it empty otherwise.',
  'growth.weeks.wrong': 'Please give whole weeks, from 22 to 44, or leave it empty.',
  'growth.notSaved': 'This could not be saved on this device. Please try again.',
  'growth.child': '{sex}, born {date}.',
  'growth.bornAt': { one: 'Born after one week of pregnancy.', other: 'Born after {count} weeks of pregnancy.' },
  'growth.measure': 'Measurement',
  'growth.standard': 'Curves',
  'growth.standard.who': 'WHO Child Growth Standards (2006)',
  'growth.standard.cdc': 'CDC Growth Charts (2000)',
  'growth.standard.who.ages': 'WHO, birth to 5 years',
  'growth.standard.cdc.ages': 'CDC, 2 to 20 years',
  'growth.standard.who.source':
    'Curves: World Health Organization, Child Growth Standards, 2006. They show how children grew in good conditions in six countries.',
  'growth.standard.cdc.source':
    'Curves: Centers for Disease Control and Prevention, Growth Charts for the United States, 2000. They show how children grew in the United States from 1963 to 1994.',
  'growth.forAge': '{what} for age: {standard}',
  'growth.axes': 'Upwards: {unit}. To the right: age. The numbers at the curves are percentiles.',
  'growth.picture': {
    one: '{what} for age on the curves of {standard}: one value, in the table below.',
    other: '{what} for age on the curves of {standard}: {count} values, in the table below.',
  },
  'growth.newest': 'Newest, at {age}: {value}; percentile {percentile}, z-score {z}.',
  'growth.none': 'There are no values with a day and a unit yet.',
  'growth.age': 'Age',
  'growth.percentile': 'Percentile',
  'growth.z': 'Z-score',
  'growth.outside': 'No curve for this age',
  'growth.below': 'below {percentile}',
  'growth.above': 'above {percentile}',
  'growth.percentile.about':
    'Percentile 40 means: of 100 children of this age and sex, 40 had less and 60 more. A curve says how others grew, not how your child is. Your doctor knows what it means for your child.',
  'growth.bmi.about':
    'On days with a weight and a height but no BMI, the BMI is reckoned from the two: kg divided by metres times metres.',
  'growth.head.about': 'Curves for head circumference are those of CDC, from birth to 3 years.',
  'growth.length.about':
    'Until two years these are lengths lying down, from then on heights standing. Standing is about 0.7 cm less.',
  'growth.corrected.about':
    'Until two years, the values stand at the age counted from the day the child was due. The table shows the age since birth.',
  'growth.leftOut': {
    one: 'One value is left out: its day or its unit is not certain.',
    other: '{count} values are left out: their day or their unit is not certain.',
  },
} as const
