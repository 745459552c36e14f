#include "rag/names.h"

#include "rag/typo.h"
#include "rag/words.h"

/* clang-format off */

static const char *const drugs[] = {
    "abacavir", "abiraterone", "acarbose", "acebutolol", "aceclofenac", "acenocoumarol", "acetazolamide",
    "acetylcysteine", "acetylsalicylique", "aciclovir", "acitretine", "actrapid", "acupan", "adalimumab",
    "adrenaline", "advil", "aerius", "albendazole", "aldactone", "alendronate", "alendronique", "alfuzosine",
    "alimemazine", "allopurinol", "almotriptan", "alprazolam", "amaryl", "ambroxol", "amikacine", "amiloride",
    "aminophylline", "amiodarone", "amisulpride", "amitriptyline", "amlodipine", "amlor", "amoclan", "amodiaquine",
    "amoxicilline", "ampicilline", "anastrozole", "apixaban", "aprepitant", "aripiprazole", "artefan", "artemether",
    "artemisinine", "artesunate", "aspegic", "aspirine", "aspro", "atacand", "atarax", "atazanavir", "atenolol",
    "atorvastatine", "atovaquone", "atropine", "atrovent", "augmentin", "avlocardyl", "azathioprine", "azithromycine",
    "azopt", "baclofene", "bactrim", "beclometasone", "benazepril", "benserazide", "benzathine", "benzylpenicilline",
    "betadine", "betahistine", "betamethasone", "bezafibrate", "bicalutamide", "biprofenid", "bisacodyl", "bisolvon",
    "bisoprolol", "bosentan", "bricanyl", "bromazepam", "bromocriptine", "budesonide", "bumetanide", "bupivacaine",
    "buprenorphine", "bupropion", "burinex", "cabergoline", "calcitonine", "canagliflozine", "candesartan",
    "captopril", "carbamazepine", "carbidopa", "carbimazole", "carbocisteine", "carvedilol", "cefaclor", "cefadroxil",
    "cefalexine", "cefazoline", "cefepime", "cefixime", "cefotaxime", "cefpodoxime", "ceftazidime", "ceftriaxone",
    "cefuroxime", "celebrex", "celecoxib", "celiprolol", "cephalexine", "cetirizine", "chloramphenicol",
    "chlordiazepoxide", "chlorhexidine", "chloroquine", "chlorpromazine", "chlorthalidone", "ciclosporine", "ciflox",
    "cilazapril", "cimetidine", "cinnarizine", "ciprofloxacine", "cisplatine", "citalopram", "clamoxyl",
    "clarithromycine", "clavulanique", "clindamycine", "clobazam", "clobetasol", "clomifene", "clomipramine",
    "clonazepam", "clonidine", "clopidogrel", "clorazepate", "clotrimazole", "cloxacilline", "clozapine", "coaprovel",
    "coartem", "codeine", "codoliprane", "colchicine", "colchimax", "colecalciferol", "cordarone", "corgard",
    "cotrimoxazole", "coumadine", "coversyl", "crestor", "cromoglicate", "cyanocobalamine", "cyclophosphamide",
    "cyproheptadine", "cyproterone", "cytotec", "dabigatran", "dafalgan", "daflon", "danazol", "dapagliflozine",
    "dapsone", "darunavir", "debridat", "deferasirox", "deferiprone", "depakine", "desloratadine", "desmopressine",
    "desogestrel", "detensiel", "dexamethasone", "dexchlorpheniramine", "dexketoprofene", "dextromethorphane",
    "diamicron", "diantalgic", "diazepam", "diclofenac", "didanosine", "digoxine", "dihydroartemisinine",
    "dihydroergotamine", "diltiazem", "dimenhydrinate", "diosmectite", "diosmine", "diphenhydramine", "diprosone",
    "dipyridamole", "dobutamine", "docetaxel", "doliprane", "dolutegravir", "domperidone", "donepezil", "dopamine",
    "doxazosine", "doxorubicine", "doxycycline", "doxylamine", "drospirenone", "duloxetine", "duphaston",
    "dutasteride", "dydrogesterone", "ebastine", "econazole", "efavirenz", "efferalgan", "effexor", "eletriptan",
    "eliquis", "eludril", "emtricitabine", "enalapril", "enoxaparine", "entacapone", "entecavir", "eplerenone",
    "erythromycine", "erythropoietine", "escitalopram", "esomeprazole", "estradiol", "etamsylate", "ethambutol",
    "ethinylestradiol", "etifoxine", "etonogestrel", "etoposide", "etoricoxib", "exacyl", "exemestane", "exenatide",
    "exforge", "ezetimibe", "famotidine", "febuxostat", "felodipine", "fenofibrate", "fenoterol", "fentanyl",
    "fexofenadine", "finasteride", "flagentyl", "flagyl", "flecainide", "flucloxacilline", "fluconazole",
    "flunarizine", "fluoxetine", "flutamide", "fluticasone", "fluvastatine", "fluvoxamine", "folique", "formoterol",
    "fortrans", "forxiga", "fosfomycine", "fosinopril", "fungizone", "furosemide", "fusidique", "gabapentine",
    "galantamine", "gardenal", "gaviscon", "gefitinib", "gemcitabine", "gemfibrozil", "gentamicine", "glibenclamide",
    "gliclazide", "glimepiride", "glipizide", "glucagon", "glucophage", "glucosamine", "glucovance", "griseofulvine",
    "haldol", "halofantrine", "haloperidol", "heparine", "humalog", "hydralazine", "hydrochlorothiazide",
    "hydrocortisone", "hydroxycarbamide", "hydroxychloroquine", "hydroxyuree", "hydroxyzine", "hyoscine", "hytacand",
    "ibuprofene", "imatinib", "imipenem", "imipramine", "imodium", "imovane", "indapamide", "indometacine", "inexium",
    "inipomp", "insuline", "ipratropium", "irbesartan", "isoniazide", "isoptine", "isosorbide", "isotretinoine",
    "itraconazole", "ivabradine", "ivermectine", "janumet", "januvia", "kardegic", "keppra", "kestin", "ketamine",
    "ketoconazole", "ketoprofene", "ketotifene", "ketum", "labetalol", "lacidipine", "lactulose", "lamaline",
    "lamictal", "lamivudine", "lamotrigine", "lansoprazole", "lantus", "laroxyl", "lasilix", "latanoprost",
    "leflunomide", "lercanidipine", "letrozole", "levemir", "levetiracetam", "levocetirizine", "levodopa",
    "levofloxacine", "levonorgestrel", "levothyrox", "levothyroxine", "lexomil", "lidocaine", "linagliptine",
    "lincomycine", "linezolide", "lioresal", "lipanthyl", "liraglutide", "lisinopril", "lithium", "lomefloxacine",
    "loperamide", "lopinavir", "loratadine", "lorazepam", "losartan", "lovastatine", "lovenox", "loxen",
    "lumefantrine", "lumirelax", "lyrica", "maalox", "magnesium", "maxilase", "mebendazole", "mebeverine",
    "meclofenamique", "medroxyprogesterone", "mefenamique", "mefloquine", "melatonine", "meloxicam", "memantine",
    "mepivacaine", "mequitazine", "mercaptopurine", "meropenem", "mesalazine", "metamizole", "metformax",
    "metformine", "methadone", "methotrexate", "methyldopa", "methylergometrine", "methylphenidate",
    "methylprednisolone", "metoclopramide", "metolazone", "metopimazine", "metoprolol", "metronidazole", "mianserine",
    "micardis", "miconazole", "midazolam", "mifepristone", "minocycline", "minoxidil", "mirtazapine", "misoprostol",
    "mometasone", "montelukast", "mopral", "morphine", "motilium", "moxifloxacine", "mucomyst", "mupirocine",
    "mycophenolate", "nadolol", "naftidrofuryl", "nalidixique", "naloxone", "naltrexone", "nandrolone", "naproxene",
    "naratriptan", "natrilix", "nebivolol", "nefopam", "neomycine", "neostigmine", "nevirapine", "nexium",
    "nicardipine", "niclosamide", "nicorandil", "nifedipine", "niflumique", "nifuroxazide", "nimesulide",
    "nitrendipine", "nitrofurantoine", "nitroglycerine", "nivaquine", "nootropyl", "norethisterone", "norfloxacine",
    "norgestimate", "novomix", "novorapid", "nurofen", "nystatine", "oflocet", "ofloxacine", "olanzapine",
    "olmesartan", "omeprazole", "ondansetron", "orelox", "orlistat", "oroken", "oseltamivir", "oxacilline",
    "oxaliplatine", "oxazepam", "oxcarbazepine", "oxomemazine", "oxybutynine", "oxycodone", "oxytetracycline",
    "oxytocine", "paclitaxel", "paludrine", "paluject", "pantoprazole", "paracetamol", "pariet", "parlodel",
    "paroxetine", "penicilline", "pentoxifylline", "perfalgan", "perindopril", "phenobarbital",
    "phenoxymethylpenicilline", "phenytoine", "phloroglucinol", "phosphalugel", "phytomenadione", "pilocarpine",
    "pindolol", "pioglitazone", "piperaquine", "piracetam", "piroxicam", "pitavastatine", "plavix", "polaramine",
    "polygynax", "ponstyl", "pramipexole", "prasugrel", "pravadual", "pravastatine", "praziquantel", "prazosine",
    "prednisolone", "prednisone", "pregabaline", "primalan", "primaquine", "primidone", "primperan", "probenecide",
    "procaine", "profenid", "progesterone", "proguanil", "promethazine", "propranolol", "propylthiouracile", "prozac",
    "pseudoephedrine", "pyostacine", "pyrantel", "pyrazinamide", "pyridostigmine", "pyridoxine", "pyrimethamine",
    "quetiapine", "quinapril", "quinine", "rabeprazole", "raloxifene", "raltegravir", "ramipril", "ranitidine",
    "repaglinide", "rhinathiol", "ribavirine", "rifampicine", "rifaximine", "rilmenidine", "risedronate", "risperdal",
    "risperidone", "ritonavir", "rituximab", "rivaroxaban", "rivotril", "rizatriptan", "rocephine", "ropinirole",
    "rosuvastatine", "rovamycine", "roxithromycine", "salbutamol", "salicylique", "salmeterol", "saxagliptine",
    "secnidazole", "selegiline", "semaglutide", "seresta", "seretide", "serevent", "seroplex", "sertraline",
    "sibelium", "sildenafil", "silodosine", "simvastatine", "singulair", "sitagliptine", "smecta", "sofosbuvir",
    "solifenacine", "solupred", "sorafenib", "sotalol", "spasfon", "spiramycine", "spiriva", "spironolactone",
    "stilnox", "streptomycine", "sucralfate", "sulfadiazine", "sulfadoxine", "sulfamethoxazole", "sulfasalazine",
    "sulpiride", "sultamicilline", "sumatriptan", "surgam", "symbicort", "tacrolimus", "tadalafil", "tahor",
    "tamoxifene", "tamsulosine", "tanakan", "tapentadol", "tardyferon", "tegretol", "telmisartan", "temazepam",
    "temerit", "tenofovir", "tenormine", "tenoxicam", "terazosine", "terbinafine", "terbutaline", "tercian",
    "testosterone", "tetracycline", "tetrazepam", "theophylline", "thiamine", "thiamphenicol", "thiocolchicoside",
    "thyroxine", "tianeptine", "tiapride", "ticagrelor", "ticlopidine", "timolol", "tinidazole", "tinzaparine",
    "tiotropium", "tixocortol", "tizanidine", "tobramycine", "tocilizumab", "tolbutamide", "tolperisone",
    "tolterodine", "topalgic", "topiramate", "torasemide", "tothema", "tramadol", "trandolapril", "tranexamique",
    "trastuzumab", "trazodone", "tretinoine", "triamcinolone", "triamterene", "triatec", "triflucan",
    "trihexyphenidyle", "trimebutine", "trimetazidine", "trimethoprime", "tritazide", "tropatepine", "urapidil",
    "ursodesoxycholique", "uvedose", "valaciclovir", "valganciclovir", "valium", "valproate", "valproique",
    "valsartan", "vancomycine", "vardenafil", "varenicline", "vastarel", "venlafaxine", "ventoline", "verapamil",
    "viagra", "vildagliptine", "vincristine", "vogalene", "voltarene", "voriconazole", "warfarine",
    "xanax", "xarelto", "xatral", "xylometazoline", "xyzall", "zidovudine", "zinnat", "zithromax", "zocor",
    "zolmitriptan", "zolpidem", "zopiclone", "zovirax", "zyloric", "zyrtec"
};

static const char *const endings[] = {
    "ampicine", "artane", "astine", "azepam", "azole", "azoline", "bactam", "barbital", "caine", "cicline",
    "cilline", "coxib", "cycline", "dipine", "dronate", "fenac", "fibrate", "floxacine", "formine",
    "gliflozine", "glinide", "gliptine", "glitazone", "iciline", "icline", "ipine", "kinase", "lukast",
    "micine", "mycine", "olol", "olone", "oxacine", "oxetine", "parine", "penem", "peridol", "platine",
    "prazole", "pril", "prilat", "profene", "sartan", "semide", "setron", "statine", "steride", "sulfamide",
    "tadine", "terol", "thiazide", "tidine", "tinib", "triptan", "vastatine", "vudine", "xaban", "xicam",
    "zolamide", "quine", "navir", "tivir", "ciclovir", "zumab", "ximab"
};

/* Sorted. */
static const char *const shared[] = {
    "acide", "adulte", "adultes", "arrow", "biogaran", "bromhydrate", "calcique", "chlorhydrate", "cinfa",
    "complexe", "cristers", "cutanee", "denk", "eg", "enfant", "enfants", "fort", "forte", "fumarate",
    "gel", "huile", "infantile", "lp", "maleate", "mylan", "nourrisson", "potassique", "ranbaxy",
    "ratiopharm", "retard", "sandoz", "sel", "sodique", "sulfate", "teva", "viatris", "vitamine",
    "winthrop", "zentiva", "zydus"
};

/* One value a line, in all its names. The number of the line is what names_lab() answers. */
static const char *const lab_names[] = {
    "glycemie glycemies glucose sucre sucres glycemique dextro",
    "hba1c hb1ac hba1 glyquee glycosylee glyque",
    "hemoglobine hb hemoglobines",
    "cholesterol cholesterols lipidique",
    "ldl",
    "hdl",
    "triglycerides triglyceride",
    "creatinine creatininemie kreatinine",
    "clairance dfg filtration",
    "uree uremie",
    "urique uricemie urate",
    "potassium kaliemie",
    "sodium natremie",
    "calcium calcemie",
    "chlore chlorure chloremie",
    "magnesium magnesemie",
    "phosphore phosphoremie",
    "tsh thyreostimuline",
    "ft4 t4 thyroxine t4l",
    "ft3 t3 t3l triiodothyronine",
    "leucocytes leucocyte blancs gb",
    "hematies hematie rouges gr erythrocytes",
    "hematocrite",
    "plaquettes plaquette thrombocytes",
    "neutrophiles polynucleaires",
    "lymphocytes lymphocyte",
    "crp",
    "vs sedimentation",
    "inr",
    "prothrombine tp quick",
    "asat sgot tgo",
    "alat sgpt tgp",
    "transaminases transaminase",
    "ggt gamma",
    "bilirubine",
    "phosphatases pal",
    "ferritine ferritinemie",
    "fer sideremie",
    "b12 cobalamine",
    "folates folate",
    "psa",
    "hcg bhcg",
    "vih hiv",
    "hbs hepatite",
    "proteinurie",
    "albumine albuminemie microalbuminurie",
    "proteines protidemie",
    "ecbu",
    "electrophorese",
    "dimeres",
    "troponine",
    "lipase",
    "amylase",
    "cortisol",
    "prolactine",
    "paludisme goutte",
    "rhesus",
};

/* clang-format on */

bool names_is_drug(struct str folded) {
    return words_in_sorted(drugs, COUNT_OF(drugs), folded);
}

bool names_ends_like_drug(struct str folded) {
    for (size_t i = 0; i < COUNT_OF(endings); i++) {
        struct str ending = str_from_c(endings[i]);
        if (folded.n >= ending.n + 3 && str_ends(folded, ending)) return true;
    }
    return false;
}

int names_drug_distance(struct str folded, struct str except, int max) {
    int least = max + 1;
    for (size_t i = 0; i < COUNT_OF(drugs) && least > 0; i++) {
        struct str drug = str_from_c(drugs[i]);
        if (str_eq(drug, except)) continue;
        int d = typo_distance(folded, drug, least - 1);
        if (d < least) least = d;
    }
    return least;
}

bool names_is_shared(struct str folded) {
    return words_in_sorted(shared, COUNT_OF(shared), folded);
}

static struct str next_word(struct str *rest) {
    size_t n = str_find_char(*rest, ' ');
    struct str word = str_sub(*rest, 0, n);
    *rest = str_sub(*rest, n + 1, rest->n);
    return word;
}

int names_lab(struct str folded) {
    for (size_t i = 0; i < COUNT_OF(lab_names); i++) {
        struct str names = str_from_c(lab_names[i]);
        while (names.n)
            if (str_eq(next_word(&names), folded)) return (int)i + 1;
    }
    return 0;
}

int names_lab_near(struct str folded) {
    for (size_t i = 0; i < COUNT_OF(lab_names); i++) {
        struct str names = str_from_c(lab_names[i]);
        while (names.n) {
            struct str name = next_word(&names);
            if (name.n >= 6 && folded.n >= 5 && typo_is_near(folded, name)) return (int)i + 1;
        }
    }
    return 0;
}

static bool is_sorted(const char *const *table, size_t count) {
    for (size_t i = 1; i < count; i++)
        if (strcmp(table[i - 1], table[i]) >= 0) return false;
    return true;
}

bool names_tables_are_sorted(void) {
    return is_sorted(drugs, COUNT_OF(drugs)) && is_sorted(shared, COUNT_OF(shared));
}
