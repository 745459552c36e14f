/* The day of a paper: when it was written or what it tells of was done, never another day that it names. */
#include "test.h"

#include "documents/fixture.h"

static const struct date none = { 0 }, written = { 2026, 11, 12 };

/* The day that is read; received: DATE_UNKNOWN, or the day on which the paper came. */
static struct date day_of(struct arena *a, const char *text, struct date received) {
    struct page page;
    struct document_reading r;
    fixture_page(a, str_from_c(text), 1, &page);
    assert_int_equal(document_read_pages(a, &page, 1, received, &r, NULL), OK);
    return r.date;
}

static void expect(const char *const *texts, size_t count, struct date received, struct date wanted) {
    struct arena *a = arena_new(1 << 24);
    for (size_t i = 0; i < count; i++) {
        struct date got = day_of(a, texts[i], received);
        if (date_compare(got, wanted) == 0) continue;
        char iso[DATE_ISO_BYTES];
        date_format_iso(got, iso);
        fail_msg("%s: of %s", texts[i], iso);
    }
    arena_free(a);
}

#define EXPECT(texts, received, wanted) expect(texts, COUNT_OF(texts), received, wanted)
#define HEAD                            "CENTRE DE SANTE DE PIKINE\nMme Awa DIOP\n"

static void an_appointment_is_no_day_of_a_paper(void **state) {
    static const char *const texts[] = {
        HEAD "Rendez-vous le 12/12/2026",
        HEAD "RDV le 12/12/2026 à 9h",
        HEAD "R.D.V. : 12/12/2026",
        HEAD "R-V le 12/12/2026",
        HEAD "R.V : 12/12/2026",
        HEAD "Rendez vous donné pour le 12/12/2026",
        HEAD "Prochain contrôle le 12/12/2026",
        HEAD "À revoir le 12/12/2026",
        HEAD "Rendez-vous de consultation le 12/12/2026",
        HEAD "Rendez-vous de contrôle et bilan sanguin prévu le lundi 12 décembre 2026 à 8h",
        HEAD "Prochain rendez-vous :\n12/12/2026",
        HEAD "Date de rendez-vous\n12/12/2026",
        HEAD "Prochain RDV :      12/12/2026",
        HEAD "12/12/2026 à 9h : rendez-vous de cardiologie",
        HEAD "Revenir le 12/12/2026 pour examen",
        HEAD "Prochaine consultation : 12/12/2026",
        HEAD "Prochain bilan sanguin à faire le 12/12/2026",
        HEAD "Intervention prévue le 12/12/2026",
        HEAD "Sonde à retirer en consultation le 12/12/2026",
        HEAD "Revu en consultation dans 3 mois, le 12/12/2026",
        HEAD "Contrôle : échographie et consultation le 12/12/2026",
        HEAD "Hospitalisation programmée le 12/12/2026",
        HEAD "Next visit: 12/12/2026",
        HEAD "Follow-up appointment on 12/12/2026",
        "CONVOCATION\nMme Awa DIOP\nVous êtes convoquée le 12/12/2026 à 8h au service de cardiologie",
        "CARTE DE RENDEZ-VOUS\nMme Awa DIOP\nLe 12/12/2026 à 8h",
        ("CARTE DE RENDEZ-VOUS\nMme Awa DIOP\nDate          Heure      Service\n"
         "12/12/2026    08h00      Cardiologie\n15/01/2027    09h00      Radiologie"),
        "RENDEZ-VOUS\nMme Awa DIOP\nDate : 12/12/2026\nHeure : 08h00",
        "RENDEZ-VOUS\nMme Awa DIOP\nCardiologie, le 12/12/2026",
    };
    (void)state;
    EXPECT(texts, DATE_UNKNOWN, none);
}

static void births_deadlines_and_insurance_are_no_day_of_a_paper(void **state) {
    static const char *const texts[] = {
        "CERTIFICAT\nMme Awa DIOP née le 14/02/1998",
        "CERTIFICAT\nMme Awa DIOP, date de naissance : 14/02/2024",
        "MUTUELLE DE SANTE\nMme Awa DIOP\nAssurance valable du 01/01/2026 au 31/12/2026",
        "IPM SANTE PLUS\nMme Awa DIOP\nDroits ouverts du 01/01/2026 au 31/12/2026",
        "CARTE D'ASSURE\nMme Awa DIOP\nDate d'expiration : 31/12/2026",
        "CARTE D'ASSURE\nMme Awa DIOP\nExpire le 31/12/2026",
        "CARTE D'ASSURE\nMme Awa DIOP\nDate de fin de validité\n31/12/2026",
        "CERTIFICAT\nAssurance : IPM n° 1234, date d'adhésion 14/02/2024",
        "PHARMACIE\nDOLIPRANE 500 mg\nDate de péremption : 12/12/2026",
        "PHARMACIE\nDOLIPRANE 500 mg\nÀ utiliser avant le 12/12/2026",
        "CERTIFICAT\nRenouveler l'ordonnance avant le 14/02/2027",
        "CERTIFICAT\nArrêt de travail jusqu'au 14/02/2027 inclus",
        "CERTIFICAT\nDispense de sport et de compétition jusqu'au\n14/02/2027 inclus",
        "CERTIFICAT\nReprise le 14/02/2027",
        "CARNET\nDate prévue d'accouchement : 14/02/2027",
    };
    (void)state;
    EXPECT(texts, DATE_UNKNOWN, none);
}

static void the_day_of_writing_stays_beside_another(void **state) {
    static const char *const texts[] = {
        "ORDONNANCE\nDakar, le 12/11/2026\nDOLIPRANE 500 mg : 1 comprimé 3 fois par jour\nRDV le 12/12/2026",
        "ORDONNANCE\nConsultation de contrôle du 12/11/2026\nRendez-vous le 12/12/2026",
        "COMPTE RENDU\nPatient revu le 12/11/2026 en consultation de contrôle.\nA revoir le 12/12/2026",
        "ECHOGRAPHIE\nMme Awa DIOP\nContrôle du 12/11/2026\nRDV 12/12/2026",
        "ORDONNANCE\nRDV : 12/12/2026          Date : 12/11/2026",
        "ORDONNANCE\nDate : 12/11/2026         RDV : 12/12/2026",
        "ORDONNANCE\nDate              Prochain RDV\n12/11/2026        12/12/2026",
        "RENDEZ-VOUS\nDakar, le 12/11/2026\nMme DIOP doit revenir le 12/12/2026",
        "ORDONNANCE\nRendez-vous :\n- Cardiologie : 10/12/2026\n- Radio : 12/12/2026\nDate : 12/11/2026",
        "ORDONNANCE\n12/11/2026\nDOLIPRANE 500 mg : 1 comprimé 3 fois par jour\nRdv ds 1 mois : 12/12/26",
        "COMPTE RENDU D'HOSPITALISATION\nDu 01/11/2026 au 12/11/2026\nRendez-vous le 12/12/2026",
        "ORDONNANCE\nMme DIOP, IPM valable jusqu'au 31/12/2026\nFait à Thiès le 12 novembre 2026",
        "ORDONNANCE\nDr FALL sur rendez-vous          Dakar, le 12/11/2026\nDOLIPRANE 500 mg",
        "CABINET DU DR FALL\nConsultations sur rendez-vous\n12/11/2026\nORDONNANCE\nDOLIPRANE 500 mg",
        "ORDONNANCE\nValable 3 mois                      12/11/2026\nDOLIPRANE 500 mg",
        "ORDONNANCE\nContrôle glycémique prévu. Dakar, le 12/11/2026",
        "FICHE DE CONSULTATION\nMotif : contrôle      Date : 12/11/2026\nTA 12/8",
        "COMPTE RENDU\n12/11/2026 : RDV dans 1 mois",
        "CERTIFICAT\nAccident survenu le 09/11/2026\nFait en 4 exemplaires à Dakar, le 12/11/2026",
        "CERTIFICAT\nSoins prévus : extraction, Dr Malang CAMARA, le 26/11/2026\nFait à Thiès le 12/11/2026",
        "COMPTE RENDU OPERATOIRE\nDate : 12/11/2026\nPas de drain. Sortie à J3 (15/11/2026).",
        "Dr H. MALOU                    12/11/2026\nCOMPTE RENDU\nUne crise (le 02/01/2026, traitée)",
        "COMPTE RENDU\nDate 12/11/2026\nVaccin, deux doses\nfaites, 3e dose le 03/06/2026",
        "COMPTE RENDU D'HOSPITALISATION\nEntré le 01/11/2026                 Sorti le 12/11/2026",
        "CALENDRIER\nMis à jour le 12/11/2026\nC1    10/02/2026    nausées",
        "BLOC OPERATOIRE - 12/11/2026\nCOMPTE RENDU OPERATOIRE\nSuites simples. Sortie le 15/11/2026.",
        "Dr Awa SARR                    12/11/2026\nCOMPTE RENDU\nBilan du 02/11/2026 : normal",
        "COMPTE RENDU\nBilan du 02/11/2026 : normal\nThiès, le 12/11/2026",
        "COMPTE RENDU\nDr Awa SARR                    12/11/2026\nComparé au 02/03/2026 : stable",
        "COMPTE RENDU OPERATOIRE\nDr FALL\nOpérée le 12/11/2026 à 9 h, entrée le 10/11/2026",
    };
    (void)state;
    EXPECT(texts, DATE_UNKNOWN, written);
}

/* A list that goes on is of its last day. */
static void a_list_of_days_is_of_the_last_one(void **state) {
    static const char *const texts[] = {
        "CARNET AVK\nDate          INR    Dose\n06/10/2026    2,9    3/4 cp\n20/10/2026    3,1    3/4 cp\n"
        "12/11/2026    2,2    1/2 cp\nProchain INR : 12/12/2026",
        "SUIVI DU POIDS\ndate        poids (kg)\n26/06/26    4,6\n04/09/26    6,3\n12/11/26    7,4",
    };
    (void)state;
    EXPECT(texts, DATE_UNKNOWN, written);
}

/* What nobody can have done yet is not what the paper tells of; what it says of itself is left as it says it. */
static void a_day_behind_the_one_of_receipt_needs_a_label(void **state) {
    static const char *const bare[] = { HEAD "12/12/2026", HEAD "le 12/12/2026 à 9h, salle 4" };
    static const char *const older[] = { HEAD "12/12/2026      Bureau 4\n12/11/2026" };
    static const char *const labelled[] = { HEAD "Dakar, le 12/11/2026", HEAD "Examen du 12/11/2026" };
    static const struct date receipt = { 2026, 11, 27 }, before = { 2026, 11, 10 };
    static const struct date shown = { 2026, 12, 12 };
    (void)state;
    EXPECT(bare, DATE_UNKNOWN, shown);
    EXPECT(bare, shown, shown);
    EXPECT(bare, receipt, none);
    EXPECT(older, receipt, written);
    EXPECT(labelled, before, written);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_appointment_is_no_day_of_a_paper),
        cmocka_unit_test(births_deadlines_and_insurance_are_no_day_of_a_paper),
        cmocka_unit_test(the_day_of_writing_stays_beside_another),
        cmocka_unit_test(a_list_of_days_is_of_the_last_one),
        cmocka_unit_test(a_day_behind_the_one_of_receipt_needs_a_label),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
