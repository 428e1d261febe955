"""Words before a name that are no part of it, in small letters and without the point at their end.

Only what is hardly a name itself: Prince, King, Major and Shaikh are names of many people, and a
title that is left in the first name does less harm than a name that is lost.
"""

ENGLISH = "mr mrs ms miss mx messrs dr prof professor sir dame rev reverend"
GERMAN = "herr herrn frau fräulein dipl.-ing dipl.-kfm dipl.-inf univ.-prof priv.-doz"
FRENCH = "monsieur madame mademoiselle mme mlle"
IBERIAN = "sr sra srta señor señora señorita dra profa senhor senhora"
ITALIAN = "sig sig.ra sig.na signor signora signorina dott dott.ssa prof.ssa"
NORTHERN = "dhr mevr mevrouw hr fru frk"
INDIAN = "shri shrimati smt श्री श्रीमती सुश्री डॉ"
SEMITIC = "السيد السيدة الدكتور الدكتورة د מר גברת"
ABBREVIATED = "mag hon capt cpt col gen lt maj sgt ing arch avv fr"
DOCTORS = "med jur phil rer nat pol oec habil h.c hc"

# With a point and without one.
TITLES = frozenset(
    word
    for words in (ENGLISH, GERMAN, FRENCH, IBERIAN, ITALIAN, NORTHERN, INDIAN, SEMITIC)
    for word in words.split()
)
# With a point alone: without one they are names, or words of a name.
WITH_POINT = frozenset(word for words in (ABBREVIATED, DOCTORS) for word in words.split())
# What stands between two titles: Mr. and Mrs.
LINKS = frozenset({"and", "&", "und", "et", "y", "e", "+", "/"})
