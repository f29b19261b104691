/**
 * What people call things, beside what records call them, for the search alone: it shows nothing and says nothing of anybody. A line is one
 * thing in English, Spanish, Arabic and Chinese; any of its words finds any other. What stands behind `>` is found by the words before it
 * and does not find them: members of a group, tests of a thing.
 *
 * Written for Wellkeep and part of it (Apache-2.0), not taken from any vocabulary (decision 45).
 */
const TABLE = `
high blood pressure|hypertension|hypertensive|presión alta|tensión alta|hipertensión|ارتفاع ضغط الدم|ضغط الدم المرتفع|ضغط مرتفع|高血压
low blood pressure|hypotension|presión baja|tensión baja|hipotensión|انخفاض ضغط الدم|ضغط منخفض|低血压
heart attack|myocardial infarction|stemi|nstemi|ataque al corazón|infarto|نوبة قلبية|احتشاء عضلة القلب|جلطة قلبية|心脏病发作|心肌梗死|心梗
heart failure|cardiac failure|chf|insuficiencia cardíaca|insuficiencia cardiaca|فشل القلب|قصور القلب|心力衰竭|心衰
irregular heartbeat|atrial fibrillation|arrhythmia|afib|arritmia|fibrilación auricular|عدم انتظام ضربات القلب|رجفان أذيني|心律不齐|心律失常|房颤|心房颤动
chest pain|angina|dolor de pecho|dolor torácico|ألم الصدر|ذبحة|胸痛|心绞痛
clogged arteries|coronary artery disease|coronary heart disease|ischemic heart disease|enfermedad coronaria|مرض الشريان التاجي|冠心病
stroke|cerebrovascular accident|cerebral infarction|cva|derrame cerebral|ictus|accidente cerebrovascular|سكتة دماغية|جلطة دماغية|中风|脑卒中|脑梗死
mini stroke|transient ischemic attack|tia|ataque isquémico transitorio|نوبة إقفارية عابرة|短暂性脑缺血发作
blood clot|thrombosis|deep vein thrombosis|dvt|embolism|coágulo|trombosis|embolia|جلطة دموية|خثار|血栓|栓塞
sugar|blood sugar|azúcar|glucemia|السكر|سكر الدم|血糖 > glucose|diabetes|diabetic|hba1c|hemoglobin a1c|haemoglobin a1c|glucosa|hemoglobina glicosilada|سكري|جلوكوز|糖尿病|葡萄糖|糖化血红蛋白
diabetes|diabetic|diabetes mellitus|diabético|السكري|مرض السكري|糖尿病
low blood sugar|hypoglycemia|hypoglycaemia|hipoglucemia|azúcar baja|انخفاض السكر|نقص سكر الدم|低血糖
high blood sugar|hyperglycemia|hyperglycaemia|hiperglucemia|azúcar alta|ارتفاع السكر|فرط سكر الدم|高血糖
high cholesterol|hypercholesterolemia|hypercholesterolaemia|hyperlipidemia|hyperlipidaemia|dyslipidemia|colesterol alto|hipercolesterolemia|dislipidemia|ارتفاع الكوليسترول|高胆固醇|高血脂|高脂血症
cholesterol|colesterol|كوليسترول|胆固醇 > lipid|ldl|hdl|triglyceride|lípidos|triglicéridos|دهون الدم|血脂|甘油三酯
blood fat|triglycerides|triglyceride|triglicéridos|دهون ثلاثية|甘油三酯
overweight|obesity|obese|sobrepeso|obesidad|زيادة الوزن|سمنة|超重|肥胖
wheezing|asthma|asthmatic|asma|sibilancias|ربو|أزيز|哮喘
smoker's lung|copd|chronic obstructive pulmonary disease|chronic obstructive lung disease|emphysema|chronic bronchitis|epoc|enfisema|bronquitis crónica|انسداد رئوي مزمن|慢阻肺|慢性阻塞性肺疾病|肺气肿
lung infection|pneumonia|neumonía|pulmonía|التهاب رئوي|ذات الرئة|肺炎
chest cold|bronchitis|bronquitis|التهاب الشعب الهوائية|支气管炎
shortness of breath|short of breath|dyspnea|dyspnoea|breathlessness|falta de aire|disnea|ضيق التنفس|ضيق النفس|气短|呼吸困难|气促
cold|common cold|upper respiratory infection|resfriado|catarro|زكام|نزلة برد|感冒|上呼吸道感染
flu|influenza|gripe|إنفلونزا|انفلونزا|流感|流行性感冒
covid|covid-19|coronavirus|sars-cov-2|كورونا|كوفيد|新冠|新型冠状病毒
sore throat|pharyngitis|tonsillitis|dolor de garganta|faringitis|amigdalitis|التهاب الحلق|التهاب اللوزتين|喉咙痛|咽炎|扁桃体炎
hay fever|allergic rhinitis|rhinitis|fiebre del heno|rinitis|حمى القش|حساسية الأنف|花粉症|过敏性鼻炎
sinus infection|sinusitis|التهاب الجيوب الأنفية|鼻窦炎
hives|urticaria|nettle rash|ronchas|شرى|أرتيكاريا|荨麻疹
severe allergic reaction|anaphylaxis|anaphylactic|anafilaxia|تأق|صدمة تحسسية|过敏性休克|严重过敏反应
rash|dermatitis|eczema|sarpullido|erupción|eccema|طفح جلدي|إكزيما|皮疹|湿疹|皮炎
itching|itch|pruritus|picazón|prurito|حكة|瘙痒
peanut|peanuts|maní|cacahuete|فول سوداني|花生
heartburn|acid reflux|gastroesophageal reflux|gerd|gord|acidez|reflujo|حرقة المعدة|ارتجاع|烧心|胃食管反流|反酸
stomach ulcer|peptic ulcer|gastric ulcer|úlcera|قرحة المعدة|胃溃疡
stomach flu|gastroenteritis|gripe estomacal|نزلة معوية|التهاب المعدة والأمعاء|肠胃炎
throwing up|vomiting|nausea|vómito|náusea|قيء|غثيان|呕吐|恶心
loose stools|diarrhea|diarrhoea|diarrea|إسهال|腹泻|拉肚子
constipation|estreñimiento|إمساك|便秘
irritable bowel|irritable bowel syndrome|ibs|colon irritable|القولون العصبي|肠易激综合征
belly pain|stomach ache|abdominal pain|dolor de barriga|dolor abdominal|ألم البطن|肚子痛|腹痛
gallstones|cholelithiasis|cálculos biliares|piedras en la vesícula|حصى المرارة|胆结石
piles|hemorrhoids|haemorrhoids|hemorroides|almorranas|بواسير|痔疮
liver inflammation|hepatitis|التهاب الكبد|肝炎
fatty liver|hepatic steatosis|hígado graso|esteatosis hepática|كبد دهني|脂肪肝
kidney disease|chronic kidney disease|renal disease|renal failure|renal insufficiency|ckd|enfermedad renal|insuficiencia renal|مرض الكلى|فشل كلوي|قصور كلوي|肾病|肾功能不全|肾衰竭
kidney function|función renal|وظائف الكلى|肾功能 > creatinine|egfr|glomerular filtration|urea nitrogen|creatinina|كرياتينين|肌酐|尿素氮
liver function|función hepática|وظائف الكبد|肝功能 > alanine aminotransferase|aspartate aminotransferase|bilirubin|alkaline phosphatase|bilirrubina|بيليروبين|转氨酶|胆红素
kidney stones|nephrolithiasis|renal calculi|cálculos renales|piedras en el riñón|حصى الكلى|肾结石
bladder infection|urinary tract infection|uti|cystitis|infección de orina|infección urinaria|cistitis|التهاب المسالك البولية|التهاب المثانة|尿路感染|膀胱炎
enlarged prostate|prostatic hyperplasia|bph|próstata agrandada|hiperplasia prostática|تضخم البروستاتا|前列腺增生
thin bones|brittle bones|osteoporosis|huesos frágiles|هشاشة العظام|骨质疏松
worn joints|osteoarthritis|arthrosis|artrosis|فصال عظمي|خشونة المفاصل|骨关节炎
joint inflammation|arthritis|artritis|التهاب المفاصل|关节炎
gout|gota|نقرس|痛风
back pain|backache|low back pain|lumbago|dolor de espalda|lumbalgia|ألم الظهر|背痛|腰痛
slipped disc|herniated disc|disc herniation|disk herniation|hernia de disco|انزلاق غضروفي|椎间盘突出
pinched nerve|sciatica|radiculopathy|ciática|عرق النسا|坐骨神经痛
broken bone|fracture|hueso roto|fractura|كسر|骨折
sprain|sprained|esguince|التواء|扭伤
knee replacement|hip replacement|joint replacement|arthroplasty|artroplastia|تبديل المفصل|关节置换
pain in muscles|fibromyalgia|fibromialgia|فيبروميالغيا|ألم عضلي ليفي|纤维肌痛
headache|migraine|cephalgia|dolor de cabeza|migraña|jaqueca|صداع|شقيقة|头痛|偏头痛
dizziness|vertigo|dizzy|mareo|vértigo|دوخة|دوار|头晕|眩晕
fainting|fainted|syncope|desmayo|síncope|إغماء|晕厥|昏倒
fits|seizure|seizures|epilepsy|convulsiones|epilepsia|نوبات صرع|صرع|تشنجات|癫痫|抽搐
memory loss|dementia|alzheimer|pérdida de memoria|demencia|فقدان الذاكرة|خرف|الزهايمر|失忆|痴呆|阿尔茨海默
shaking|parkinson|parkinson's disease|tremor|temblor|رعاش|باركنسون|帕金森|震颤
numbness|tingling|neuropathy|paresthesia|hormigueo|neuropatía|تنميل|اعتلال الأعصاب|麻木|神经病变
feeling low|depression|depressive|major depressive|depresión|اكتئاب|抑郁
worry|anxiety|anxious|generalized anxiety|ansiedad|قلق|焦虑
sleeplessness|insomnia|trouble sleeping|insomnio|أرق|失眠
sleep apnea|sleep apnoea|apnea del sueño|انقطاع التنفس أثناء النوم|睡眠呼吸暂停
tiredness|fatigue|malaise|tired|cansancio|fatiga|تعب|إرهاق|疲劳|乏力
low iron|anemia|anaemia|iron deficiency|falta de hierro|فقر الدم|أنيميا|贫血|缺铁
blood count|complete blood count|cbc|hemograma|صورة الدم|تعداد الدم|血常规 > hemoglobin|haemoglobin|hematocrit|leukocytes|platelets|hemoglobina|هيموغلوبين|血红蛋白|白细胞|血小板
cancer|tumor|tumour|carcinoma|malignant|neoplasm|cáncer|maligno|سرطان|ورم|癌|肿瘤
skin cancer|melanoma|cáncer de piel|ميلانوما|سرطان الجلد|皮肤癌|黑色素瘤
underactive thyroid|hypothyroidism|hipotiroidismo|tiroides lenta|قصور الغدة الدرقية|خمول الغدة الدرقية|甲状腺功能减退|甲减
overactive thyroid|hyperthyroidism|hipertiroidismo|فرط نشاط الغدة الدرقية|甲状腺功能亢进|甲亢
thyroid|tiroides|الغدة الدرقية|甲状腺 > tsh|thyrotropin|thyroxine|levothyroxine|tirotropina|levotiroxina|ليفوثيروكسين|促甲状腺激素|左甲状腺素
period pain|dysmenorrhea|dysmenorrhoea|dolor menstrual|dismenorrea|ألم الدورة|عسر الطمث|痛经
menopause|change of life|menopausia|سن اليأس|انقطاع الطمث|更年期|绝经
pregnant|pregnancy|gestation|embarazo|embarazada|حمل|حامل|怀孕|妊娠
miscarriage|spontaneous abortion|aborto espontáneo|إجهاض تلقائي|流产
c-section|cesarean|caesarean|cesárea|ولادة قيصرية|剖腹产|剖宫产
pink eye|conjunctivitis|التهاب الملتحمة|结膜炎|红眼病
cloudy lens|cataract|cataracts|catarata|المياه البيضاء|白内障
eye pressure|glaucoma|الجلوكوما|المياه الزرقاء|青光眼
short-sighted|nearsighted|myopia|miopía|قصر النظر|近视
ear infection|otitis|infección de oído|التهاب الأذن|耳部感染|中耳炎
hearing loss|deafness|hard of hearing|pérdida de audición|sordera|فقدان السمع|ضعف السمع|听力下降|耳聋
ringing in the ears|tinnitus|zumbido|acúfenos|طنين|耳鸣
cavity|tooth decay|dental caries|caries|تسوس الأسنان|蛀牙|龋齿
shingles|herpes zoster|zoster|culebrilla|حزام ناري|الهربس النطاقي|带状疱疹
chickenpox|varicella|varicela|جدري الماء|水痘
whooping cough|pertussis|tos ferina|السعال الديكي|百日咳
lockjaw|tetanus|tétanos|كزاز|破伤风
measles|rubeola|sarampión|حصبة|麻疹
german measles|rubella|rubéola|حصبة ألمانية|风疹
infection of the blood|sepsis|septicemia|تسمم الدم|败血症|脓毒症
swelling|edema|oedema|hinchazón|وذمة|تورم|水肿|肿胀
fever|pyrexia|febrile|fiebre|حمى|حرارة|发烧|发热
cough|tussis|tos|سعال|كحة|咳嗽
bruise|contusion|hematoma|moretón|كدمة|瘀伤|血肿
appendix removed|appendectomy|appendicectomy|apendicectomía|استئصال الزائدة|阑尾切除
gallbladder removed|cholecystectomy|colecistectomía|استئصال المرارة|胆囊切除
womb removed|hysterectomy|histerectomía|استئصال الرحم|子宫切除
bowel exam|colonoscopy|colonoscopia|تنظير القولون|结肠镜|肠镜
breast x-ray|mammogram|mammography|mamografía|تصوير الثدي|乳腺钼靶|乳房X光
heart tracing|electrocardiogram|ecg|ekg|electrocardiograma|تخطيط القلب|心电图
ultrasound|sonogram|sonography|ecografía|سونار|موجات فوق صوتية|超声|B超
heart ultrasound|echocardiogram|echocardiography|ecocardiograma|إيكو القلب|超声心动图
x-ray|radiograph|radiografía|rayos x|أشعة سينية|X光|X线
water pill|water tablet|diuretic|diuretics|diurético|pastilla para orinar|مدر للبول|利尿剂|利尿药 > furosemide|hydrochlorothiazide|chlorthalidone|chlortalidone|spironolactone|torsemide|torasemide|bumetanide|indapamide|furosemida|hidroclorotiazida|espironolactona|فوروسيميد|سبيرونولاكتون|呋塞米|氢氯噻嗪|螺内酯
blood thinner|anticoagulant|anticoagulante|مميع الدم|مضاد التخثر|抗凝药|血液稀释剂 > warfarin|apixaban|rivaroxaban|dabigatran|edoxaban|heparin|enoxaparin|warfarina|acenocoumarol|acenocumarol|heparina|وارفارين|هيبارين|华法林|利伐沙班|肝素
cholesterol pill|cholesterol medicine|statin|estatina|دواء الكوليسترول|ستاتين|降脂药|他汀 > atorvastatin|simvastatin|rosuvastatin|pravastatin|atorvastatina|simvastatina|rosuvastatina|أتورفاستاتين|阿托伐他汀|辛伐他汀|瑞舒伐他汀
blood pressure pill|blood pressure medicine|antihypertensive|pastilla para la presión|دواء الضغط|降压药 > lisinopril|enalapril|ramipril|losartan|valsartan|amlodipine|metoprolol|bisoprolol|atenolol|hydrochlorothiazide|amlodipino|losartán|أملوديبين|氨氯地平|缬沙坦|美托洛尔
diabetes pill|diabetes medicine|pastilla para la diabetes|دواء السكري|降糖药 > metformin|gliclazide|glimepiride|glipizide|empagliflozin|dapagliflozin|sitagliptin|metformina|insulin|insulina|ميتفورمين|إنسولين|二甲双胍|胰岛素
pain killer|painkiller|pain relief|analgesic|analgésico|calmante|مسكن|止痛药 > paracetamol|acetaminophen|ibuprofen|naproxen|aspirin|tramadol|ibuprofeno|باراسيتامول|إيبوبروفين|对乙酰氨基酚|布洛芬
paracetamol|acetaminophen|tylenol|باراسيتامول|对乙酰氨基酚|扑热息痛
stomach pill|acid blocker|proton pump inhibitor|protector gástrico|دواء المعدة|胃药 > omeprazole|pantoprazole|esomeprazole|lansoprazole|famotidine|omeprazol|pantoprazol|أوميبرازول|奥美拉唑|泮托拉唑
puffer|inhaler|inhalador|بخاخ|吸入器 > salbutamol|albuterol|budesonide|fluticasone|formoterol|salmeterol|tiotropium|budesonida|سالبوتامول|沙丁胺醇|布地奈德
salbutamol|albuterol|ventolin|سالبوتامول|沙丁胺醇
antibiotic|antibiotics|antibiótico|مضاد حيوي|抗生素 > amoxicillin|penicillin|azithromycin|doxycycline|ciprofloxacin|cephalexin|cefalexin|nitrofurantoin|amoxicilina|penicilina|أموكسيسيلين|بنسلين|阿莫西林|青霉素|阿奇霉素
sleeping pill|sleeping tablet|hypnotic|pastilla para dormir|حبوب النوم|安眠药 > zolpidem|zopiclone|temazepam|trazodone|زولبيديم|唑吡坦
antidepressant|antidepresivo|مضاد الاكتئاب|抗抑郁药 > sertraline|fluoxetine|citalopram|escitalopram|venlafaxine|mirtazapine|paroxetine|sertralina|fluoxetina|سيرترالين|舍曲林|氟西汀
birth control|contraceptive|contraception|the pill|anticonceptivo|منع الحمل|避孕 > ethinylestradiol|ethinyl estradiol|levonorgestrel|etonogestrel
flu shot|flu jab|influenza vaccine|vacuna de la gripe|لقاح الإنفلونزا|流感疫苗 > influenza, seasonal|influenza, injectable|influenza
tetanus shot|tetanus jab|vacuna del tétanos|لقاح الكزاز|破伤风疫苗 > tdap|tetanus|td (adult)
smoking|smoker|tobacco|cigarettes|tabaco|fumador|fumar|تدخين|مدخن|吸烟|抽烟|烟草
drinking|alcohol|bebida|شرب الكحول|饮酒|喝酒
pulse|heart rate|pulso|frecuencia cardíaca|frecuencia cardiaca|نبض|معدل ضربات القلب|脉搏|心率
oxygen level|oxygen saturation|spo2|saturación de oxígeno|تشبع الأكسجين|血氧|氧饱和度
temperature|body temperature|temperatura|درجة الحرارة|体温
weight|body weight|peso|الوزن|体重
height|body height|talla|estatura|الطول|身高
`

/** One thing: what finds it, and what it finds. */
export interface PlainConcept {
  readonly words: readonly string[]
  readonly finds: readonly string[]
}

const listOf = (text: string) => text.split('|').map(word => word.trim())

export const PLAIN_WORDS: readonly PlainConcept[] = TABLE.trim()
  .split('\n')
  .map(line => {
    const [same = '', members] = line.split(' > ')
    const words = listOf(same)
    return { words, finds: members === undefined ? words : [...words, ...listOf(members)] }
  })
