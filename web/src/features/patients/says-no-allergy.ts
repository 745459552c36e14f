/** The ways of noting that nothing is known. The whole text must be one: "aucune sauf la pénicilline" names an allergy. */
const NONE = /^(aucune?( allergie)?( connue?s?)?|pas d['’]allergies?( connues?)?|n[ée]ant|r\.?a\.?s\.?|non|none( known)?|no( known)? allerg(y|ies)|nka|nkda)[ .]*$/i;

export const saysNoAllergy = (told: string): boolean => NONE.test(told.trim());
