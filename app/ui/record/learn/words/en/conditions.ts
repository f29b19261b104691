import type { ConditionId, TopicWords } from '../../topics.ts'

export const conditions: Readonly<Record<ConditionId, TopicWords>> = {
  'high-blood-pressure': {
    name: 'High blood pressure',
    what: 'Blood pressure is how hard the blood pushes against the walls of the arteries. In high blood pressure (hypertension) it stays too high. Over the years that makes the heart work too hard, and can lead to a heart attack, a stroke, heart failure or kidney disease.',
    notice: 'Usually nothing. That is why it is found by measuring.',
    helps:
      'Food that is good for the heart, with little salt; moving, a healthy weight, enough sleep, ways to handle stress; no tobacco, and little or no alcohol. Many people need a medicine too, some more than one. Both together lower blood pressure more than either alone.',
    questions: [
      'What should my blood pressure be?',
      'How often should I measure it, and from which reading on should I call?',
      'Can another illness or a medicine be the cause of mine?',
    ],
    urgent:
      'A dangerously high blood pressure needs medical care right away. Ask your care team now, before it happens, what that means for you.',
  },
  'high-cholesterol': {
    name: 'High cholesterol and other blood fats',
    what: 'Cholesterol is a fat-like substance that every cell of the body has. With too much of it in the blood it can build up in the walls of the arteries and narrow them, which can lead to heart disease. LDL is the kind that builds up; HDL carries cholesterol away to the liver. Triglycerides are another fat in the blood, and much of them can raise the risk of heart disease too.',
    notice: 'Nothing. A blood test tells how much there is.',
    helps:
      'Food with little saturated fat, and fruit, vegetables and whole grains; moving, a healthy weight, no smoking, enough sleep. Where that is not enough, medicines such as statins; the healthy habits go on beside them.',
    questions: [
      'What are my numbers, and which should I aim for?',
      'When should they be measured again?',
      'Do I need a medicine, and which?',
    ],
  },
  'coronary-artery-disease': {
    name: 'Coronary artery disease',
    what: 'The arteries that bring blood to the heart muscle have become narrow and hard, because cholesterol and other material have built up on their walls. The heart may then not get all the blood and oxygen that it needs.',
    notice:
      'At first often nothing. Later perhaps angina: pressure or a squeezing pain in the chest, also in the shoulders, arms, neck, jaw or back. It may feel like indigestion.',
    helps:
      'Habits that are good for the heart, medicines, and for some people a procedure or an operation. Cardiac rehabilitation teaches how to live well with it.',
    questions: [
      'Which signs are usual for me, and which are not?',
      'What do I do when my chest hurts?',
      'How much effort is good for my heart?',
    ],
    urgent:
      'Chest pain that follows no pattern, comes at rest or does not go away with rest or medicine can mean that a heart attack is near: get emergency help at once.',
  },
  'heart-failure': {
    name: 'Heart failure',
    what: 'The heart cannot pump as much blood as the body needs. It does not mean that the heart has stopped or is about to. Because blood flows too slowly, fluid can collect in the lungs, the legs or the belly.',
    notice:
      'Being short of breath, for instance on stairs; tiredness even after rest; coughing; swollen ankles, legs or belly and more weight from fluid; sleeping badly when lying flat; little appetite. It may begin mildly.',
    helps:
      'Medicines, usually for life; less salt and less to drink, as the care team says; no smoking; moving as far as it is advised. Other illnesses that strain the heart are treated too. Some people are helped by an operation or a device.',
    questions: [
      'Which changes should I watch for every day?',
      'How much may I drink, and how much salt may I eat?',
      'Would a rehabilitation program help me?',
    ],
    urgent:
      'Heart failure can get worse suddenly. Agree with your care team on which signs you call at once for, and whom.',
  },
  'atrial-fibrillation': {
    name: 'Atrial fibrillation',
    what: 'The heart beats irregularly, and sometimes much faster than usual; its upper and lower chambers do not work together as they should. It may come and go, or stay. Untreated it can lead to blood clots, a stroke or heart failure.',
    notice:
      'Some people notice nothing. Others are very tired, feel the heart flutter, pound or skip, are short of breath or dizzy, or have pain in the chest.',
    helps:
      'Medicines that keep clots from forming, and others for the rate or the rhythm of the heart; food that is good for the heart, little or no alcohol, moving, no smoking. There are procedures that bring the rhythm back or keep it steady.',
    questions: [
      'Do I need a blood thinner?',
      'What may set it off in me?',
      'What should I do when I feel my heart race?',
    ],
    urgent:
      'A face that droops on one side, an arm that sinks when it is raised or slurred speech can be a stroke: call the emergency number at once.',
  },
  stroke: {
    name: 'Stroke',
    what: 'A part of the brain gets no blood, because a clot blocks a vessel or because a vessel has broken and bleeds. Brain cells then begin to die within minutes, which can leave lasting damage.',
    notice:
      'It comes suddenly: numbness or weakness of the face, an arm or a leg, often on one side; confusion, trouble speaking or understanding; trouble seeing; trouble walking, dizziness; a severe headache without a known cause.',
    helps:
      'After a stroke, rehabilitation: relearning skills such as moving, speaking and daily tasks, as early as possible. Against another one: a treated blood pressure, food that is good for the heart, moving, no smoking, and often medicines.',
    questions: [
      'What can I do so that it does not happen again?',
      'Which rehabilitation would help me, and for how long?',
      'Which medicines are against another stroke?',
    ],
    urgent:
      'If you think that you or somebody else is having a stroke, call the emergency number at once: every minute counts.',
  },
  'type-2-diabetes': {
    name: 'Type 2 diabetes',
    what: 'Glucose is a kind of sugar and the body’s main source of energy; insulin, a hormone, helps it into the cells. In type 2 diabetes the body makes too little insulin or does not use it well, so that too much glucose stays in the blood. Over time that can cause health problems, but much can be done about it.',
    notice:
      'Often nothing, or so little that nobody notices, as it comes slowly: thirst, passing more urine, hunger, tiredness, blurred sight, numb or tingling hands or feet, sores that do not heal, losing weight without a reason.',
    helps:
      'Healthy food and moving regularly; for some people medicines, as tablets, insulin or other injections. Checking the glucose as often as the care team says, keeping blood pressure and cholesterol near their targets, and going to the check-ups.',
    questions: [
      'What are my targets for glucose, blood pressure and cholesterol?',
      'When and how often should I check my glucose?',
      'What do I do when it is too low or too high?',
    ],
    urgent:
      'Low glucose comes quickly: shaking, sweating, hunger, dizziness, confusion. It can be dangerous and should be treated as soon as possible. Agree with your care team beforehand on what you do then.',
  },
  'type-1-diabetes': {
    name: 'Type 1 diabetes',
    what: 'The body makes little or no insulin, the hormone that brings glucose from the blood into the cells, because the immune system has destroyed the cells that make it. It often begins in children and young people, but can begin at any age.',
    notice:
      'The signs usually come quickly: much thirst, passing urine often, hunger, tiredness, losing weight without trying, blurred sight, sores that heal slowly, tingling or numb feet.',
    helps:
      'Insulin every day and for life, by injection or by a pump. Checking the glucose, and learning how food, movement and insulin go together.',
    questions: [
      'What are my targets for glucose?',
      'How do I adjust to meals, sport and days when I am ill?',
      'What do I do when my glucose is too low or too high?',
    ],
    urgent:
      'Low glucose comes quickly: shaking, sweating, hunger, dizziness, confusion. It can be dangerous and should be treated as soon as possible. Agree with your care team beforehand on what you do then.',
  },
  prediabetes: {
    name: 'Prediabetes',
    what: 'The glucose in the blood is higher than normal, but not so high that it is called diabetes. Type 2 diabetes, heart disease and stroke are more likely with it, and changes now may delay or prevent diabetes.',
    notice: 'Usually nothing. Some people have darker skin in the armpits or at the neck.',
    helps:
      'Losing weight where there is too much of it, moving regularly, smaller portions with less fat and sugar, no smoking. To some people the care team also offers a medicine.',
    questions: [
      'How often should my glucose be tested?',
      'Which change would do most for me?',
      'Is there a program that I could join?',
    ],
  },
  'metabolic-syndrome': {
    name: 'Metabolic syndrome',
    what: 'The name for several things that come together and make heart disease, diabetes and stroke more likely: a large waist, a high level of triglycerides (a fat in the blood), little HDL cholesterol, high blood pressure and high blood sugar. Doctors speak of it when there are at least three of them.',
    notice: 'Apart from the large waist usually nothing.',
    helps:
      'Food that is good for the heart, a healthy weight, moving regularly, ways to handle stress, no smoking. Some people need medicines as well, for cholesterol or blood pressure for example.',
    questions: ['Which of these do I have?', 'With which should I begin?', 'When will it be checked again?'],
  },
  obesity: {
    name: 'Obesity',
    what: 'Having so much body fat that it can harm health. Many things play a part: genes, eating habits, movement, some illnesses and some medicines. It makes diabetes, heart disease, high blood pressure, worn joints, sleep apnea and other illnesses more likely.',
    notice: 'The heart has to work harder, and there is more pressure on the joints.',
    helps:
      'Losing even a little weight can delay or prevent some of these illnesses. A plan for eating and moving that can be kept up, counselling or a group; for some people medicines or an operation.',
    questions: [
      'Which weight would be healthy for me?',
      'Can one of my medicines or illnesses be part of the cause?',
      'Who can help me with food and movement?',
    ],
  },
  'diabetic-nerves': {
    name: 'Nerve problems in diabetes',
    what: 'Over time, high glucose can damage nerves, or the blood vessels that bring them oxygen. The nerves then send their messages slowly, at the wrong time or not at all. It is called diabetic neuropathy and is common.',
    notice:
      'Numb hands, legs or feet; shooting pain, burning or tingling; nausea, constipation or diarrhea; problems with passing urine or with sex; dizziness when standing up quickly. Who feels little in the feet may not notice a cut or a blister.',
    helps:
      'Glucose near its target helps to keep it from getting worse; there are medicines for the pain. Look at your feet every day, keep them clean and dry, and wear shoes that fit.',
    questions: [
      'Can you look at my feet today?',
      'What can be done about the pain?',
      'How do I care for my feet and nails?',
    ],
    urgent:
      'See your care team right away about a cut, blister or bruise on a foot that does not begin to heal within days, skin that is red, warm or painful, or an infection that turns black and smells.',
  },
  'diabetic-eyes': {
    name: 'Eye problems in diabetes',
    what: 'Over time, high glucose can damage the small blood vessels of the eyes. Glaucoma, in which pressure harms the optic nerve, and cataract, in which the lens turns cloudy, are more common with diabetes too.',
    notice:
      'Usually nothing at first. That is why regular eye exams, in which drops widen the pupils, matter also when the eyes seem healthy.',
    helps:
      'Regular eye exams, and glucose, blood pressure and cholesterol within their targets. There are treatments: lasers, injections, drops or an operation, depending on the problem.',
    questions: ['When is my next eye exam?', 'What was seen at the last one?', 'What can I do to protect my sight?'],
    urgent:
      'Call your eye doctor right away about many new spots or dark strings before the eyes, flashes of light, a shadow like a curtain, loss of sight, or pain or redness of an eye.',
  },
  'diabetic-kidneys': {
    name: 'Kidney problems in diabetes',
    what: 'Over time, high glucose can damage the kidneys, which clean the blood. Waste and fluid then build up in the body. It is called diabetic nephropathy, and begins long before anything is felt.',
    notice: 'For a long time nothing. Tests of blood and urine show it, so they are done regularly.',
    helps:
      'Glucose and blood pressure within their targets, the medicines as prescribed, and not too much protein can slow the damage down.',
    questions: [
      'How well do my kidneys work, and how has that changed?',
      'How often should they be tested?',
      'Should I eat differently?',
    ],
  },
  'kidney-disease': {
    name: 'Chronic kidney disease',
    what: 'The kidneys are damaged and cannot filter the blood as they should, so waste can build up in the body. It happens slowly, over many years; diabetes and high blood pressure are the most common causes.',
    notice: 'Many people notice nothing until it is far advanced. Only tests of blood and urine tell.',
    helps:
      'It cannot be cured, but it may be slowed: less salt, blood pressure and glucose within their targets, food that is good for the heart, moving, a healthy weight, little alcohol, no smoking, and medicines. If the kidneys fail, there are dialysis and transplantation.',
    questions: [
      'How well do my kidneys work, and how has that changed?',
      'What should my blood pressure be?',
      'Which foods and medicines should I be careful with?',
    ],
  },
  'underactive-thyroid': {
    name: 'Underactive thyroid',
    what: 'The thyroid, a gland in the neck, makes too little of the hormones that control how the body uses energy. It is also called hypothyroidism. A common cause is the immune system attacking the gland.',
    notice:
      'It comes slowly: tiredness, gaining weight, feeling cold, dry skin and thin hair, constipation, aching joints and muscles, heavy or irregular periods, low mood, a slow heartbeat, a swollen neck.',
    helps:
      'A medicine that replaces the hormone. Blood tests show whether the dose is right, and after that they are repeated from time to time. Taken as it is prescribed, it usually keeps the illness under control.',
    questions: [
      'When is my next blood test?',
      'How do I take the medicine beside my others and my meals?',
      'What should I know if I am or want to become pregnant?',
    ],
  },
  asthma: {
    name: 'Asthma',
    what: 'A long-lasting illness of the airways, the tubes that carry air in and out of the lungs. They can become inflamed and narrow. What sets it off differs: pollen, dust mites or pets, colds, smoke, cold air, some medicines, exercise.',
    notice:
      'A tight chest, coughing, above all at night or early in the morning, being short of breath, wheezing. It may be there every day or once in a while. In an attack it gets much worse.',
    helps:
      'Knowing what sets it off and avoiding it; a quick-relief inhaler that is always at hand; for many people a control medicine every day, which keeps the airways calm. A plan says what to do when.',
    questions: [
      'May I have a written plan for attacks?',
      'Do I use my inhaler the right way?',
      'Is my asthma under control, or should something change?',
    ],
    urgent:
      'When a severe attack does not get better with the quick-relief medicine, get emergency care. In a child, serious trouble breathing and a very pale or blue face, lips or nails are such signs.',
  },
  copd: {
    name: 'COPD (chronic lung disease)',
    what: 'Illnesses of the lungs that make it hard to breathe and get worse over time, mostly emphysema and chronic bronchitis together. Smoke is the usual cause; dust, fumes and air pollution can add to it.',
    notice:
      'At first little or nothing. Then coughing, often with mucus, wheezing, being short of breath with effort, a tight chest; often colds and flu.',
    helps:
      'To stop smoking is the most important step. Staying away from smoke and fumes, inhalers that open the airways, vaccinations, moving as far as it is advised, rehabilitation for the lungs, and for some people oxygen.',
    questions: [
      'What can help me to stop smoking?',
      'Do I use my inhalers the right way?',
      'Which vaccinations do I need?',
    ],
    urgent:
      'Get emergency care for severe signs, such as trouble catching your breath or talking. Call your care team when it gets worse or there are signs of an infection, such as fever.',
  },
  reflux: {
    name: 'Acid reflux (GERD)',
    what: 'What is in the stomach leaks back into the esophagus, the tube from the mouth to the stomach, and irritates it, because a muscle at its end does not close well. A hiatal hernia can be part of the cause.',
    notice:
      'Burning in the chest or throat (heartburn), the taste of what is in the stomach; or without heartburn a dry cough, signs like those of asthma, or trouble swallowing.',
    helps:
      'Smaller meals, none close to bedtime, leaving out what sets it off (alcohol, spicy, fatty or sour food), losing weight where that is needed, loose clothes. Some people need medicines, few an operation.',
    questions: [
      'Do I need tests?',
      'Which medicine, and for how long?',
      'Can one of my other medicines make it worse?',
    ],
  },
  anemia: {
    name: 'Anemia',
    what: 'The blood does not carry enough oxygen to the body. The most common cause is too little iron, which the body needs for hemoglobin. Losing blood, making too few red blood cells or breaking down too many are the three ways to it.',
    notice: 'Tiredness, feeling cold, dizzy or irritable, being short of breath, headache.',
    helps: 'That depends on the kind of anemia: so first its cause is looked for.',
    questions: [
      'What is the cause of mine?',
      'Should I eat differently or take something?',
      'When will my blood be tested again?',
    ],
  },
  osteoarthritis: {
    name: 'Osteoarthritis',
    what: 'The smooth cartilage that pads the ends of the bones in a joint wears down and becomes rough. Hands, knees, hips, neck and lower back are usual places. It cannot be cured and usually gets worse slowly, but much can be done.',
    notice:
      'Pain when moving, often better with rest; stiffness after getting up; swelling, above all after much use; less movement; a joint that feels loose. Not everybody has pain.',
    helps:
      'Exercises for strength, flexibility and balance; losing weight where that is needed; braces or shoe inserts that were fitted; warmth or cold. Talk with your care team about pain relievers, also those without a prescription. An operation may be an option when nothing else helps enough.',
    questions: [
      'Which exercises are good for my joints?',
      'Which pain reliever suits me, with my other medicines?',
      'When would an operation make sense?',
    ],
  },
  osteoporosis: {
    name: 'Osteoporosis',
    what: 'The bones have become weak and break easily, because more bone is broken down than is built. It is more common with age and in women after menopause; some illnesses and medicines add to it.',
    notice: 'Usually nothing until a bone breaks, most often in the hip, the spine or the wrist.',
    helps:
      'Food with enough calcium, vitamin D and protein; walking and exercises for strength and balance; no smoking, little alcohol; a home in which nobody falls. There are medicines that slow the loss of bone or help to rebuild it.',
    questions: [
      'How strong are my bones, and when are they measured again?',
      'Which movements should I avoid?',
      'Do I need a medicine?',
    ],
  },
  gout: {
    name: 'Gout',
    what: 'A kind of arthritis that comes in flares. Too much uric acid, a waste product, forms crystals like needles in a joint, which becomes inflamed. The crystals can also lead to kidney stones.',
    notice:
      'Suddenly, often at night, strong pain, swelling, redness and warmth in one joint, often the big toe. It gets better within a week or two; in between there is usually nothing.',
    helps:
      'Medicines against the pain of a flare, and where needed others that lower uric acid and prevent flares. Less alcohol, less red meat and seafood, fewer sweet drinks, losing weight where that is needed.',
    questions: [
      'What do I take when a flare begins?',
      'Should my uric acid be lowered?',
      'Can one of my medicines raise it?',
    ],
  },
  'chronic-pain': {
    name: 'Chronic pain',
    what: 'Pain that lasts for months, or longer than healing takes. An injury or an illness such as arthritis may be behind it; sometimes no cause is found. Stress and mood can make it worse.',
    notice:
      'Pain on most days, somewhere or all over; often also tiredness, low mood or bad sleep. Everybody feels pain differently.',
    helps:
      'It cannot always be cured, but there are many ways to live better with it: medicines, physical therapy, acupuncture, moving, good food, ways to handle stress, and care for the mood.',
    questions: [
      'What is known of the cause?',
      'Which treatments could I try besides medicines?',
      'What is a good goal for the next weeks?',
    ],
  },
  migraine: {
    name: 'Migraine',
    what: 'A kind of headache that comes back, with throbbing pain that is often on one side. It runs in families. Many things can set it off, others in each person: stress, too little sleep, skipped meals, strong light, hormones, some foods, or taking headache medicine too often.',
    notice:
      'Besides the pain: nausea, and light, noise or smells that are hard to bear. Some people have signs before it, such as flashing or zigzag lines. Afterwards one may feel weak and confused.',
    helps:
      'Taking the medicine early, resting in a quiet dark room, something cool on the forehead, drinking. A diary shows what sets it off. Regular sleep and meals, and for frequent migraines medicines that prevent them.',
    questions: [
      'Which medicine do I take, and how often is too often?',
      'Should I take something that prevents attacks?',
      'What could be setting mine off?',
    ],
    urgent:
      'Get medical help right away for a headache after a blow to the head, or one with a stiff neck, fever, confusion, fainting, or pain in an eye or ear. Tell your care team of a sudden severe headache.',
  },
  depression: {
    name: 'Depression',
    what: 'An illness of mood that lasts and gets in the way of daily life: more than a few sad days. It has many possible causes, and sometimes none that can be seen. It can be treated.',
    notice:
      'Feeling sad or empty, no interest in what used to be good, sleeping or eating too much or too little, being very tired, hopeless, anxious, irritable or guilty, aches, withdrawing from others, thoughts of death. It does not look the same in everybody.',
    helps:
      'Talk therapy, medicines, or both. It may take time and more than one try to find what helps. Moving, regular sleep, ways to handle stress, and people to talk to.',
    questions: [
      'Which treatment would suit me?',
      'How soon may I feel better, and what if I do not?',
      'Whom can I call when it gets worse?',
    ],
    urgent:
      'If you or somebody you know has thoughts of dying or of hurting themselves, get help right away; in an emergency call the emergency number.',
  },
  anxiety: {
    name: 'Anxiety disorders',
    what: 'Fear and worry are normal for a while. In an anxiety disorder they do not go away, can grow, and get in the way of work, school or being with others. Generalized anxiety, panic attacks and phobias are kinds of it.',
    notice:
      'Anxious thoughts that are hard to stop, restlessness, a pounding heart, unexplained aches, dizziness, being short of breath, avoiding everyday things. Caffeine and some medicines can make it worse.',
    helps: 'Talk therapy, such as cognitive behavioral therapy, medicines, or both; groups, and ways to handle stress.',
    questions: [
      'Can another illness or a medicine be behind it?',
      'Which therapy would suit me, and where can I have it?',
      'Do I need a medicine, and for how long?',
    ],
  },
  stress: {
    name: 'Stress',
    what: 'How brain and body answer a demand: hormones make one alert and ready to act. For a short time that can help. Stress that lasts for weeks or months can harm health.',
    notice:
      'Being ill more often, stomach trouble, bad sleep, headaches, feeling sad, angry or easily upset. One can get so used to it that it is not noticed.',
    helps:
      'Moving regularly, relaxing (breathing, meditation, loosening the muscles), enough sleep, less caffeine, deciding what can wait, and asking family and friends for support.',
    questions: [
      'Can my complaints come from stress?',
      'What could relieve me, and who can help?',
      'Does it affect my other illnesses?',
    ],
    urgent:
      'Get help right away if you have thoughts of suicide, feel that you cannot cope, or use alcohol or drugs more than usual.',
  },
  eczema: {
    name: 'Eczema (atopic dermatitis)',
    what: 'Inflamed skin that is dry and itches. It is not contagious. Genes and surroundings play a part; people who have it may also have hay fever and asthma. It can get better or worse over time, and in many children it gets better as they grow.',
    notice:
      'A rash on the face, inside the elbows, behind the knees, on hands and feet. Scratching makes it redder and itchier.',
    helps:
      'Good care of the skin, creams, medicines, for some people light therapy. Avoiding what irritates: some soaps, fabrics and lotions, stress, and what one is allergic to.',
    questions: [
      'Which cream, how often and for how long?',
      'Should I be tested for allergies?',
      'What can I do about the itching at night?',
    ],
  },
  menopause: {
    name: 'Menopause',
    what: 'The time in which periods end, because the ovaries make less of their hormones. The change can take several years.',
    notice:
      'Irregular periods, hot flashes, sweating at night, bad sleep, vaginal dryness, changing moods, trouble with the bladder. Bones may become weaker, and cholesterol may rise.',
    helps:
      'Clothes in layers, a cool bedroom, less alcohol, caffeine and spicy food, moving, a healthy weight, no smoking. If that is not enough there are treatments with and without hormones. Check before you take supplements.',
    questions: [
      'Which treatment is safe for me?',
      'What does hormone therapy help with, and what are its risks?',
      'Should my bones or my cholesterol be checked?',
    ],
  },
}
