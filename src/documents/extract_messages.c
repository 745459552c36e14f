/*
 * extract_messages -- why a document could not be read, in words that a doctor understands.
 */
#include "documents/extract.h"
#include "documents/extract_code.h"

const struct message extract_messages[] = {
    [EXTRACT_OK] = { "internal", "Le document n'a pas pu être lu. Réessayez, puis prévenez l'administrateur.",
                     "The document could not be read. Try again, then tell the administrator." },
    [EXTRACT_EMPTY] = { "empty", "Le fichier est vide. Envoyez le document à nouveau.",
                        "The file is empty. Send the document again." },
    [EXTRACT_UNSUPPORTED] = { "unsupported",
                              "Ce format n'est pas lu. Envoyez un PDF, une image (PNG, JPEG, TIFF, WebP, HEIC, BMP) ou un texte (DOCX, ODT, TXT).",
                              "This format cannot be read. Send a PDF, a picture (PNG, JPEG, TIFF, WebP, HEIC, BMP) or a text (DOCX, ODT, TXT)." },
    [EXTRACT_ENCRYPTED] = { "encrypted",
                            "Le document est protégé par un mot de passe. Donnez le mot de passe pour qu'il soit lu.",
                            "The document is protected by a password. Give the password to have it read." },
    [EXTRACT_DAMAGED] = { "damaged",
                          "Le fichier est abîmé ou incomplet. Envoyez-le à nouveau, ou faites-en une photo.",
                          "The file is damaged or incomplete. Send it again, or take a photograph of it." },
    [EXTRACT_NO_PAGES] = { "no_pages", "Le document ne contient aucune page.", "The document has no pages." },
    [EXTRACT_TOO_MANY_PAGES] = { "too_many_pages",
                                 "Le document a plus de 500 pages. Envoyez-le en plusieurs parties.",
                                 "The document has more than 500 pages. Send it in several parts." },
    [EXTRACT_TOO_LARGE_PICTURE] = { "too_large_picture",
                                    "L'image est trop grande (plus de 100 millions de points). Réduisez-la.",
                                    "The picture is too large (more than 100 million pixels). Make it smaller." },
    [EXTRACT_TOO_COMPLEX] = { "too_complex",
                              "Le document est trop complexe pour être lu. Envoyez-en une version imprimée et numérisée.",
                              "The document is too complex to be read. Send a version that was printed and scanned." },
    [EXTRACT_NO_MODELS] = { "ocr_missing",
                            "La lecture des images n'est pas installée sur ce serveur (tesseract-ocr-fra). "
                            "Prévenez l'administrateur.",
                            "Reading pictures is not installed on this server (tesseract-ocr-fra). Tell the "
                            "administrator." },
    [EXTRACT_WRONG_PASSWORD] = { "wrong_password",
                                 "Ce n'est pas le mot de passe de ce document. Vérifiez les majuscules et les chiffres.",
                                 "This is not the password of this document. Check capitals and figures." },
    [EXTRACT_INTERNAL] = { "internal",
                           "Le document n'a pas pu être lu. Réessayez, puis prévenez l'administrateur.",
                           "The document could not be read. Try again, then tell the administrator." },
    [EXTRACT_TIMEOUT] = { "timeout",
                          "La lecture du document prend trop de temps. Envoyez-le en plusieurs parties ou plus petit.",
                          "Reading the document takes too long. Send it in several parts, or smaller." },
    [EXTRACT_CRASHED] = { "unreadable",
                          "Le document n'a pas pu être lu : il est abîmé ou trop complexe. Imprimez-le et numérisez-le.",
                          "The document could not be read: it is damaged or too complex. Print it and scan it." },
    [EXTRACT_CODE_COUNT] = { NULL, NULL, NULL },
};
