import type { Explanations } from '../explained-tests.ts'

export const explanations: Explanations = {
  'white-cells':
    'It counts the white blood cells in a sample of blood. It is part of the blood count, which is used to check general health and to help find infections, anemia, clotting problems, blood cancers and disorders of the immune system.',
  'red-cells':
    'It counts the red blood cells in a sample of blood. It is part of the blood count, which is used to check general health and to help find anemia, infections, clotting problems, blood cancers and disorders of the immune system.',
  hemoglobin:
    'Hemoglobin is a protein with much iron in the red blood cells; it carries oxygen. The test measures how much of it is in the blood. It is part of the blood count and is looked at for anemia and other disorders of the blood.',
  hematocrit:
    'It says how much of the blood is taken up by red blood cells. It is part of the blood count, which is used to check general health and to help find anemia and other conditions of the blood.',
  platelets:
    'Platelets are small blood cells that form in the bone marrow and that blood needs to clot. The test counts them. It is looked at where blood clots too little or too much.',
  'red-cell-size':
    'MCV is the average size of the red blood cells. It is part of the blood count, which is used to check general health and to help find anemia and other conditions of the blood.',
  glucose:
    'It measures the glucose in the blood. Glucose is a kind of sugar and the body’s main source of energy; a hormone, insulin, helps to bring it from the blood into the cells. The test is often used to help find diabetes and to follow it.',
  hba1c:
    'It measures how much glucose, a kind of sugar, is attached to the hemoglobin in the blood, and tells from it the average glucose of the past months. It is used to help find diabetes and prediabetes, and to see how diabetes is going. It is another test than the one that people with diabetes do every day.',
  creatinine:
    'Creatinine is a normal waste product that comes from the muscles; the kidneys take it out of the blood. The test measures how much of it there is, to check the health of the kidneys and to follow known kidney problems. It depends on muscles, food, age and activity too, so it is often used in a calculation, the eGFR.',
  egfr: 'It estimates how much blood the kidneys filter in a minute, mostly from the creatinine in the blood and from what else is known of a person, such as age and sex. It is used to see how well the kidneys are working and to look for kidney disease.',
  sodium:
    'Sodium is a mineral that helps to control how much fluid is in the body and its balance of acids and bases; nerves and muscles need it too. The test measures how much of it is in the blood. It is a routine test of general health, and helps to find and follow what disturbs that balance.',
  potassium:
    'Potassium is a mineral that cells, nerves, muscles and the heart need to work. The test measures how much of it is in the blood. It is often part of routine tests, and is looked at in kidney disease, high blood pressure and heart disease.',
  calcium:
    'Most of the body’s calcium is in bones and teeth; nerves, muscles and the heart need the right amount of it in the blood. The test measures that amount. It is used to check general health, and in conditions of the bones, kidneys, digestive system, thyroid and parathyroid glands.',
  alt: 'ALT is an enzyme found mostly in the liver; damaged liver cells release it into the blood. The test measures how much of it is there. It is used to check the health of the liver, often with other liver tests, and to help find or follow liver problems.',
  ast: 'AST is an enzyme of the liver that gets into the blood when the liver is damaged. The test measures how much of it is there. It is used to check the health of the liver.',
  alp: 'ALP is an enzyme found in many parts of the body, most of it in the liver, bones, kidneys and digestive system. The test measures how much of it is in the blood. It is often used to help find diseases of the liver or the bones; where it comes from, this test alone can’t tell.',
  bilirubin:
    'Bilirubin is a yellowish substance that is made when the body breaks down old red blood cells; a healthy liver removes most of it. The test measures how much of it is in the blood. It is used to check the health of the liver, and in newborn babies for jaundice.',
  albumin:
    'Albumin is a protein made by the liver. It keeps fluid inside the blood vessels and carries hormones, vitamins and enzymes. The test measures how much of it is in the blood, to check general health and nutrition and to see how well liver and kidneys are working.',
  cholesterol:
    'Cholesterol is a waxy, fat-like substance that is in every cell, and the body needs some of it. The test measures all the cholesterol in the blood, LDL and HDL included. It is one of the things that are looked at for the risk of heart disease.',
  ldl: 'LDL is one of the two main kinds of cholesterol in the blood, often called the “bad” one, because it is the main source of what can build up in the arteries. The test measures how much of it there is. It is looked at for the risk of heart disease.',
  hdl: 'HDL is one of the two main kinds of cholesterol in the blood, often called the “good” one, because it helps to remove cholesterol from the arteries. The test measures how much of it there is. It is looked at for the risk of heart disease.',
  triglycerides:
    'Triglycerides are a kind of fat in the blood. The test measures how much of them there is, often together with cholesterol. It is looked at for the risk of heart disease.',
  tsh: 'TSH is short for thyroid-stimulating hormone. The test measures how much of it is in the blood. It is looked at for problems of the thyroid.',
  crp: 'C-reactive protein, CRP, is looked at to see whether there is inflammation in the body. Inflammation can come from an infection, an injury or a disease that lasts long.',
  'vitamin-d':
    'Vitamin D helps the body to take up calcium for bones and teeth, and keeps muscles, nerves and the immune system working. Most tests measure a form that the liver makes of it, since that tells best whether there is enough.',
  urate:
    'Uric acid is a normal waste product that is made when the body breaks down purines, which come from dying cells and from food; the kidneys remove it. The test measures how much of it there is. It is used to help find gout, and to follow people during some cancer treatments.',
  inr: 'The prothrombin time is how long a sample of blood takes to clot; the INR is calculated from it, so that results of different laboratories can be compared. It is most often used to see how well warfarin, a medicine against blood clots, is working, and to find why somebody bleeds or clots unusually.',
  psa: 'PSA is a protein made by the prostate, and a low level of it in the blood is normal. The test measures that level. It is used in screening for prostate cancer; it can’t show why a level is high, and other conditions than cancer can be why.',
  'urine-albumin':
    'Albumin is a protein of the blood, of which healthy kidneys let at most a trace into the urine. The test compares the albumin in a sample of urine with its creatinine, a normal waste product. It is most often used to look for early signs of kidney disease.',
  bnp: 'BNP and NT-proBNP are proteins that the heart makes more of when it has to work harder to pump blood. The test measures one of them in the blood. It is mainly used to help confirm or rule out heart failure in people who have symptoms.',
  troponin:
    'Troponin is a protein of the heart muscle that is normally not found in the blood; damaged heart muscle releases it. The test measures how much of it is in the blood. It is most often used to find out whether somebody has had a heart attack, and is often repeated.',
}
