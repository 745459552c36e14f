#ifndef RAG_ANSWER_WORDS_H
#define RAG_ANSWER_WORDS_H
/*
 * answer_words -- the sentences that the assistant says by itself, in the three languages of the patients: each sentence in all of them. `{}` stands for the argument.
 * What a record says is never translated: it is quoted as it is printed.
 */
#include "base/arena.h"

enum phrase_id {
    SAY_DANGER, /* {}: the emergency number */
    SAY_DANGER_SUICIDE,
    SAY_DANGER_SUPPOSED, /* {}: the emergency number; behind any answer to who asks what to do if */
    SAY_NOT_FOUND,
    SAY_NOT_FOUND_NAMED, /* {}: what was asked for, as the patient wrote it */
    SAY_NO_ADVICE,
    SAY_NEAR, /* before what comes closest */
    SAY_NEAR_NO_ADVICE,
    SAY_OTHER_PERSON,
    SAY_OUT_OF_SCOPE,
    SAY_DOCTOR,
    SAY_HELP,
    SAY_THANKS,
    SAY_GREETING,
    SAY_STOP,
    SAY_MORE_QUESTIONS,
    SAY_WHICH_VALUE,
    SAY_LAST_PRESCRIPTION,
    SAY_PRESCRIPTION,
    SAY_CONTAINS,
    SAY_INDICATES,
    SAY_YOUR_TREATMENT,
    SAY_ACCORDING_TO, /* {}: a document with its date */
    SAY_FROM_FILE,
    SAY_ENDED,
    SAY_STOPPED,
    SAY_CHANGED,
    SAY_STOPPED_IF,
    SAY_GOES_ON,
    SAY_KIN, /* {}: a medicine, as the patient wrote it */
    SAY_NO_INSTRUCTION,
    SAY_NO_PRESCRIPTION, /* behind what another paper says of a medicine to somebody who asks how to take it */
    SAY_UNSURE,          /* behind a quote that was read with doubt */
    SAY_UNREADABLE,
    SAY_NAMES_ANOTHER,
    SAY_ALLERGIES,
    SAY_ALLERGY_NOT_LISTED, /* {}: the substance */
    SAY_ALLERGY_WARNING,    /* {}: the medicine */
    SAY_VALUES,
    SAY_HISTORY,
    SAY_REFERENCE,
    SAY_HIGH,
    SAY_LOW,
    SAY_RIGHT,
    SAY_LEFT,
    SAY_DIAGNOSES,
    SAY_APPOINTMENTS,
    SAY_VACCINES,
    SAY_VACCINES_NEXT,
    SAY_NEXT,
    SAY_PAST,
    SAY_PRESCRIBED,
    SAY_PRESCRIBED_BY,
    SAY_ATTENDING,
    SAY_DOCTORS,
    SAY_DOCUMENTS,
    SAY_PASSAGE, /* {}: a document with its date */
    SAY_RECORD_SILENT,
    SAY_NOT_IN_RECORD, /* {}: a medicine, as the patient wrote it */
    SAY_ADVICE,        /* {}: the title of a sheet of the clinic */
    SAY_ADVICE_IS_GENERAL,
    SAY_BY_DOCTOR, /* {}: who signed, "Dr Martin" */
    SAY_BY_PLACE,  /* {}: who signed, another */
    SAY_OF_DAY,    /* {}: the day of a paper */
    SAY_ON_DAY,    /* {}: the day of a report */
    SAY_COLON,
    SAY_PAPER_OF, /* before a day */
    SAY_LINE_PRESCRIBED,
    SAY_LINE_PRESCRIBED_BY, /* before a name */
    SAY_LINE_ON,            /* before a day */
    SAY_IS,                 /* before words for no day */
    SAY_IS_OF,              /* before a day */
    SAY_SIGNED_BY,          /* before a name */
    SAY_IS_THE_ONE,         /* before who signed and the day */
    SAY_DURING,             /* before a printed duration */
    SAY_RENEWALS,           /* behind a printed number */
    SAY_QUESTIONS,
    SAY_NO_DATE,
    SAY_SOURCE,
    SAY_CORRECTED_BY_DOCTOR, /* behind a source whose words a doctor said in the place of what was read */
    SAY_CORRECTED_BY_STAFF,
    SAY_PAGE,
    SAY_COUNT
};

const char *say(enum phrase_id, enum lang);

#endif
