/*
 * extract_messages -- why a document could not be read, in words that a doctor understands.
 */
#include "documents/extract.h"
#include "documents/extract_talk.h"

const struct message extract_messages[] = {
    [EXTRACT_OK] = { "internal", "Le document n’a pas pu être lu. Réessayez, puis prévenez l’administrateur.",
                     "The document could not be read. Try again, then tell the administrator." },
    [EXTRACT_EMPTY] = { "empty", "Le fichier est vide. Envoyez le document à nouveau.",
                        "The file is empty. Send the document again." },
    [EXTRACT_UNSUPPORTED] = { "unsupported",
                              "Ce format n’est pas lu. Envoyez un PDF, une image (PNG, JPEG, TIFF, WebP, HEIC, BMP) ou un texte (DOCX, ODT, TXT).",
                              "This format cannot be read. Send a PDF, a picture (PNG, JPEG, TIFF, WebP, HEIC, BMP) or a text (DOCX, ODT, TXT)." },
    [EXTRACT_ENCRYPTED] = { "encrypted",
                            "Le document est protégé par un mot de passe. Donnez le mot de passe pour qu’il soit lu.",
                            "The document is protected by a password. Give the password to have it read." },
    [EXTRACT_DAMAGED] = { "damaged",
                          "Le fichier est abîmé ou incomplet. Envoyez-le à nouveau, ou faites-en une photo.",
                          "The file is damaged or incomplete. Send it again, or take a photograph of it." },
    [EXTRACT_NO_PAGES] = { "no_pages",
                           "Le document ne contient aucune page. Vérifiez le fichier, puis envoyez-le à nouveau.",
                           "The document has no pages. Look at the file, and send it again." },
    [EXTRACT_TOO_MANY_PAGES] = { "too_many_pages",
                                 "Le document a plus de 500 pages. Envoyez-le en plusieurs parties.",
                                 "The document has more than 500 pages. Send it in several parts." },
    [EXTRACT_TOO_LARGE_PICTURE] = { "too_large_picture",
                                    "L’image est trop grande (plus de 100 millions de points). Réduisez-la.",
                                    "The picture is too large (more than 100 million pixels). Make it smaller." },
    [EXTRACT_TOO_COMPLEX] = { "too_complex",
                              "Le document est trop complexe pour être lu. Envoyez-en une version imprimée et numérisée.",
                              "The document is too complex to be read. Send a version that was printed and scanned." },
    [EXTRACT_NO_MODELS] = { "ocr_missing",
                            "La lecture des images n’est pas installée sur ce serveur (tesseract-ocr-fra). "
                            "Prévenez l’administrateur.",
                            "Reading pictures is not installed on this server (tesseract-ocr-fra). Tell the "
                            "administrator." },
    [EXTRACT_WRONG_PASSWORD] = { "wrong_password",
                                 "Ce n’est pas le mot de passe de ce document. Vérifiez les majuscules et les chiffres.",
                                 "This is not the password of this document. Check capitals and figures." },
    [EXTRACT_ENCRYPTED_OFFICE] = { "encrypted_office",
                                   "Le document est protégé par un mot de passe. Enregistrez-le sans mot de passe, ou en PDF, puis envoyez-le à nouveau.",
                                   "The document is protected by a password. Save it without the password, or as a PDF, and send it again." },
    [EXTRACT_OLD_OFFICE] = { "old_office",
                             "Cet ancien format Office (DOC, XLS, PPT) n’est pas lu. Enregistrez le document en DOCX ou en PDF, puis envoyez-le.",
                             "This old Office format (DOC, XLS, PPT) cannot be read. Save the document as DOCX or PDF, and send that." },
    [EXTRACT_INTERNAL] = { "internal",
                           "Le document n’a pas pu être lu. Réessayez, puis prévenez l’administrateur.",
                           "The document could not be read. Try again, then tell the administrator." },
    [EXTRACT_TIMEOUT] = { "timeout",
                          "La lecture du document prend trop de temps. Envoyez-le en plusieurs parties ou plus petit.",
                          "Reading the document takes too long. Send it in several parts, or smaller." },
    [EXTRACT_CRASHED] = { "unreadable",
                          "Le document n’a pas pu être lu : il est abîmé ou trop complexe. Imprimez-le et numérisez-le.",
                          "The document could not be read: it is damaged or too complex. Print it and scan it." },
    [EXTRACT_CODE_COUNT] = { NULL, NULL, NULL },
};

const struct message extract_unread_messages[] = {
    { "pages_timeout",
      "Des pages n’ont pas été lues : délai dépassé. Relancez la lecture, ou envoyez ces pages à part.",
      "Some pages were not read: it took too long. Start the reading again, or send those pages apart." },
    { "pages_too_complex",
      "Des pages n’ont pas été lues : elles sont trop complexes. Imprimez-les et numérisez-les, ou tapez leur texte.",
      "Some pages were not read: they are too complex. Print and scan them, or type their text." },
    { "pages_unreadable",
      "Des pages n’ont pas pu être lues : elles sont abîmées ou trop complexes. Envoyez-les à part, ou tapez leur texte.",
      "Some pages could not be read: they are damaged or too complex. Send them apart, or type their text." },
    { NULL, NULL, NULL },
};

const struct message extract_left_out = {
    "attachments_unread",
    "Des pièces jointes du document n’ont pas été lues : format inconnu, mot de passe, trop nombreuses ou trop grandes, ou jointes à une pièce jointe. Envoyez-les à part.",
    "Some files attached to the document were not read: unknown format, password, too many or too large, or attached to an attachment. Send them apart."
};

const struct message *extract_unread_message(enum extract_code code) {
    return &extract_unread_messages[code == EXTRACT_TIMEOUT ? 0 : code == EXTRACT_TOO_COMPLEX ? 1 : 2];
}
