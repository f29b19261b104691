import type { MedicineId, TopicWords } from '../../topics.ts'

export const medicines: Readonly<Record<MedicineId, TopicWords>> = {
  statins: {
    name: 'Statins',
    what: 'Medicines that lower LDL cholesterol: the liver makes less of it and takes more of it out of the blood. In people with high LDL cholesterol they lower the risk of a heart attack and a stroke.',
    notice:
      'Usually nothing. Some people have muscle pain; real damage to muscles or the liver is rare. The risk of type 2 diabetes may be a little higher, mostly in people in whom it is high already.',
    helps:
      'Take it as prescribed, and do not stop on your own. Ask which medicines and foods do not go with it: grapefruit is one with some statins. Healthy habits go on beside it.',
    questions: [
      'What should my cholesterol be with it?',
      'Does it go with my other medicines?',
      'What do I do if my muscles hurt?',
    ],
    urgent: 'Tell your care team of muscle pain. Statins are not for pregnancy or breastfeeding: ask before.',
  },
  'blood-thinners': {
    name: 'Blood thinners',
    what: 'Medicines that keep blood clots from forming, or keep them from growing; they do not dissolve them. Anticoagulants slow down clotting; antiplatelets keep blood cells from clumping together. They are used for instance in atrial fibrillation, after a heart valve was replaced, or after a heart attack or a stroke.',
    notice: 'Bleeding is the most common side effect. An upset stomach, nausea and diarrhea are possible too.',
    helps:
      'Follow the directions exactly. Foods, alcohol, vitamins and other medicines can change how it works, so tell everybody who treats you that you take it. Some people need regular blood tests.',
    questions: [
      'Which foods and medicines should I avoid?',
      'Do I need blood tests, and how often?',
      'What do I do before an operation or at the dentist?',
    ],
    urgent:
      'Call about any sign of serious bleeding: red or brown urine, red or black stool, bleeding gums or nose that does not stop, vomit that is brown or red, coughing up red, severe headache or stomach ache, unusual bruises, a cut that keeps bleeding, a bad fall or a blow to the head, dizziness or weakness.',
  },
  'blood-pressure-medicines': {
    name: 'Blood pressure medicines',
    what: 'Several groups that lower blood pressure in different ways. ACE inhibitors and ARBs keep blood vessels from narrowing. Beta blockers let the heart beat more slowly and with less force. Calcium channel blockers let blood vessels relax. Some of them are used for other illnesses too: your care team can tell you why you take yours.',
    notice:
      'High blood pressure itself is usually not felt, and so neither is that it gets better. Ask which side effects yours can have.',
    helps:
      'Healthy habits beside it: together they do more than either alone. Often two medicines work better than one.',
    questions: [
      'To which group does my medicine belong, and what is it for?',
      'What should my blood pressure be with it?',
      'What do I do when I feel dizzy or unwell?',
    ],
  },
  'water-pills': {
    name: 'Water pills (diuretics)',
    what: 'They help the body to get rid of water and salt. That lowers the amount of fluid in the blood, and so blood pressure, and lets swelling from fluid go down.',
    notice: 'More urine. They can also raise uric acid, so that gout becomes more likely.',
    helps:
      'Often they are taken together with other medicines, sometimes in one tablet. Less salt helps against swelling too.',
    questions: [
      'At which time of day should I take it?',
      'Do I need blood tests?',
      'What do I do on days when I am ill or drink little?',
    ],
  },
  metformin: {
    name: 'Metformin',
    what: 'A medicine for type 2 diabetes. It lowers blood sugar by letting the body handle insulin better. It is also used for diabetes in pregnancy, and to prevent type 2 diabetes in people at high risk.',
    notice:
      'Perhaps no difference: that does not mean that it does not work. Nausea, diarrhea, stomach ache and little appetite are the most common side effects. Over a long time it can lead to too little vitamin B12.',
    helps: 'Taking it with a meal makes side effects fewer. Healthy food and moving stay important.',
    questions: [
      'What should my blood sugar be with it?',
      'Should my vitamin B12 be tested?',
      'What do I do on days when I am ill and hardly eat or drink?',
    ],
  },
  insulin: {
    name: 'Insulin',
    what: 'A hormone that helps glucose from the blood into the cells. In type 1 diabetes the body makes none or nearly none, so it must be taken; some people with type 2 diabetes take it too. There are kinds that work faster or slower, shorter or longer.',
    notice: 'The glucose can become too low.',
    helps:
      'It is taken by pen, syringe or pump. The glucose is checked at home, and the results help to decide about food, movement and medicine. Never change or stop it on your own.',
    questions: [
      'When and how do I take mine?',
      'How often should I check my glucose, and what is my target?',
      'What do I do when it is too low or too high?',
    ],
    urgent:
      'Low glucose comes quickly: shaking, sweating, nervousness, hunger, dizziness, confusion. It can be dangerous and should be treated as soon as possible. Agree with your care team beforehand on what you do then.',
  },
  'thyroid-hormone': {
    name: 'Thyroid hormone',
    what: 'A medicine that replaces the hormone which an underactive thyroid makes too little of.',
    notice: 'Blood tests tell whether the dose is right for you; it is adjusted until it is.',
    helps:
      'Take it as prescribed, and never stop without talking to your care team. Then it usually keeps the illness under control.',
    questions: [
      'When is my next blood test?',
      'How do I take it beside my meals and my other medicines?',
      'What changes if I am or want to become pregnant?',
    ],
  },
  'quick-relief-inhalers': {
    name: 'Quick-relief inhalers',
    what: 'Medicines that open the airways within a short time, by letting the muscles around them relax. In asthma they help during an attack or before signs begin; in COPD they make breathing easier.',
    notice: 'Breathing becomes easier. The inflammation behind asthma is for the control medicines.',
    helps:
      'Have it with you all the time. If you have a control medicine as well, take that as prescribed, also when you feel well.',
    questions: ['Do I use my inhaler the right way?', 'How often is too often?', 'What does my plan for attacks say?'],
    urgent: 'If it does not help in a severe attack, get emergency care.',
  },
  'steroid-inhalers': {
    name: 'Steroid inhalers (preventers)',
    what: 'Inhalers that calm the swelling in the airways, so that signs of asthma, and sometimes of COPD, come less often. They are like hormones that the body makes itself.',
    notice: 'They do not work straight away. A sore mouth or an infection in it is possible.',
    helps:
      'Use it every day, also when you notice nothing. Rinse your mouth or brush your teeth afterwards. It is not for sudden trouble breathing: for that there usually is another inhaler, the reliever.',
    questions: [
      'Do I use my inhaler the right way?',
      'Which of my inhalers is for which moment?',
      'Do I need a steroid card?',
    ],
  },
  steroids: {
    name: 'Steroids (corticosteroids)',
    what: 'Medicines like the hormones of the adrenal glands. They lower inflammation and act on the immune system, for example in arthritis, asthma, autoimmune illnesses and eczema. They are not the steroids with which muscles are built.',
    notice: 'They are strong and have side effects; weaker bones and cataracts are among them.',
    helps: 'Usually they are taken for as short a time as possible. Take them exactly as prescribed.',
    questions: [
      'How long will I take it, and how do I stop?',
      'Should my bones or my eyes be checked?',
      'Does it go with my other medicines and illnesses?',
    ],
  },
  'acid-blockers': {
    name: 'Acid blockers (proton pump inhibitors)',
    what: 'Medicines that let the stomach make less acid. They are used for heartburn and acid reflux, and to treat or prevent stomach ulcers.',
    notice:
      'It takes some days until they work, and up to weeks until they do so fully. Headache, diarrhea and stomach ache are common and usually mild. Taken for a long time they can make bones weaker.',
    helps:
      'Alcohol can make the stomach produce more acid. If you buy it yourself, ask a doctor before you take it for longer than the package says.',
    questions: ['How long should I take it?', 'Do I still need it?', 'What else helps against my heartburn?'],
  },
  paracetamol: {
    name: 'Paracetamol (acetaminophen)',
    what: 'A pain reliever for mild to moderate pain, which is in many medicines with and without a prescription. It is often considered safer than other pain relievers.',
    notice: 'Many people take too much of it without meaning to.',
    helps:
      'It is easy to take too much by mistake, as it is in so many products: read what is in each, and do not take two with it at once. Ask before you take it for many days.',
    questions: [
      'How much may I take in a day, with my other illnesses?',
      'Which of my medicines contain it?',
      'How many days in a row are all right?',
    ],
  },
  nsaids: {
    name: 'Anti-inflammatory pain relievers (NSAIDs)',
    what: 'Pain relievers such as ibuprofen and naproxen. They help best where there is pain with inflammation, as in arthritis or period pain.',
    notice: 'Too much of them can cause nausea, stomach pain or ulcers.',
    helps:
      'Do not take more than the package or your care team says. Warmth, cold, massage, physical therapy and relaxing can help against pain too.',
    questions: [
      'Is it safe with my other medicines and illnesses?',
      'For how many days may I take it?',
      'Is there something that is better for my stomach?',
    ],
  },
  opioids: {
    name: 'Opioids',
    what: 'Strong pain relievers on prescription, for instance after an operation or an injury, or in cancer. They act on the brain, also on the part that controls breathing.',
    notice: 'They can have serious side effects, and there is a risk of addiction.',
    helps:
      'Take exactly what is prescribed, never more or more often, and never with alcohol or sleeping pills. Keep them where nobody else can reach them, and get rid of what is left. Ask about naloxone, which can stop an overdose.',
    questions: [
      'How long will I need it, and how do I stop?',
      'Does it go with my other medicines?',
      'Should we have naloxone at home?',
    ],
    urgent:
      'Call the emergency number at once when somebody who took opioids cannot be woken, breathes slowly or hardly, makes gurgling sounds, has very small pupils or blue or purple lips. Give naloxone if there is any, and stay.',
  },
  antidepressants: {
    name: 'Antidepressants',
    what: 'Medicines against depression, and also used for anxiety, chronic pain or sleeplessness. They may improve how the brain uses substances that control mood and stress. SSRIs are the best known of several kinds.',
    notice:
      'It usually takes weeks until they work; sleep and appetite may get better before mood does. Nausea, gaining weight, diarrhea, sleepiness and problems with sex are possible; they are usually mild and may pass.',
    helps:
      'Patience: another one may help if the first does not. Tell your care team of everything else you take, alcohol included. Never stop or change the dose on your own: stopping too fast can make things worse.',
    questions: [
      'When should I feel better, and what if I do not?',
      'Which side effects should I call about?',
      'How long should I take it, and how do I stop?',
    ],
    urgent:
      'Call right away about new or worse signs or unusual changes of mood. Young people may think more of hurting themselves when they begin or when the dose changes: then get help at once.',
  },
  antibiotics: {
    name: 'Antibiotics',
    what: 'Medicines against infections by bacteria. They do not work against viruses, so not against colds, flu, most sore throats and most bronchitis.',
    notice:
      'Rash, nausea, diarrhea and yeast infections are common. Rarely there is severe diarrhea from another germ, or a severe allergic reaction.',
    helps:
      'Take them as prescribed to the end, also when you feel better. Do not keep any for later, do not share them, and take none that was for somebody else: else bacteria become resistant.',
    questions: [
      'Do I need one, or will it pass by itself?',
      'How and for how long do I take it?',
      'Does it go with my allergies and my other medicines?',
    ],
    urgent: 'Call your care team when you have side effects. A severe allergic reaction is an emergency.',
  },
}
