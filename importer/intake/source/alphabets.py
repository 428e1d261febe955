"""Which letters stand beside which, in the languages that the guessed encodings are written in.

A row is a letter, then what stands before it, then what stands after it, in 99 of 100 places:
`_` is the edge of a word, `*` every one of CONSONANTS. Counted in the names, towns, streets and
professions of Faker 40.54, the places of phonenumbers 9.0 and the countries, languages and
currencies of iso-codes 4.15; gaps of French, Italian, Portuguese and Romanian filled by hand.
"""

from collections.abc import Mapping

Language = Mapping[str, tuple[frozenset[str], frozenset[str]]]

CONSONANTS = "bcdfghjklmnprstvz"

# Languages that share their letters share a table: Spanish is Irish too, Nordic is Swedish,
# Danish, Norwegian and Finnish, Czech is Slovak too, Croatian is Slovene, Bosnian and Serbian.
TABLES = {
    "German": """
        ä _*w *ioqu
        ö _*w *wß
        ü _*w *ß
        ß aeiouöü _*aew
    """,
    "French": """
        à _dljv _
        â _bcdfghlmnprtv _bcfghjlmnprstv
        ç _aefinoru aouâ
        é _*abeghiouyx _*aeouxq
        è _*aiouy _*qx
        ê _*aiou _cdglmnpqrstv
        ë aeiou _lnrstv
        î _abcfghlmnortu _clmnqrt
        ï aeouéû _bcdeglmnqrstv
        ô _abcdhlmnprt _bclmnpstuv
        û abcdfgjlmoprst _bclmnrt
        ü _bglmnp _klns
        œ _bcdfhmnrsv dilnstu
        ù o _
    """,
    "Spanish": """
        á _*eiuy _*eiquñ
        é _*aiouy _*aeiu
        í _*aouü _*aeoq
        ñ aeiouáíóú aeiouíó
        ó _*eiyñ _*i
        ú _*aei _*aeiqñó
        ü gnp eikséí
    """,
    "Portuguese": """
        á _*iouxç _*qu
        â _*ioux mn
        ã _*eiouç _eos
        à _ _
        ç aceilnoru aouáãõ
        é _*aiuwx _*aiou
        ê *aiouü _adlmnsuvx
        í _*aeouü _*aç
        ó _*aei _*i
        ô _*e _almnor
        õ dhijlmprstç e
        ú _*aeiuç _*
        ü gnq isêí
    """,
    "Italian": """
        à *iu _
        è _*iu _
        é * _
        ì * _
        ò *iu _
        ù *i _
    """,
    "Nordic": """
        å _*ei _*
        ä _*ä _*aeiyä
        ö _*aiuyö _*ayö
        æ _*e abdgiklnrstv
        ø _*aeiu _*aey
        é dhlmnrstyz _aelnsu
        ü klmnpr _cgkns
    """,
    "Icelandic": """
        á _* _*eið
        æ _* _*aiðþ
        ð aefioruáéíóöúý _*aeiuóþ
        é hlprstv _*uð
        í _*ax _*aeuðó
        ó _*eíðþ _*aið
        ú _* _*aeixð
        ý _*þ _*að
        þ _adefgiklmnrstyæðó aeijoruyíóý
        ö _* fgklnrstxð
    """,
    "Turkish": """
        ç _aehiklnoprstuyüğış _abefghiklmopstuyöüı
        ğ aeiouâöüı _abcdefgilmruvçüı
        ı *yçğş _*yçğş
        ö _*uyç *ğş
        ş _aehilmnoruvyüı _abcefhiklmoprstuvçöüı
        ü _*yçş _*yçş
        â _hklv _dhklmnrtyzğ
        û l l
    """,
    "Polish": """
        ą *iwłż bcdgkpstzż
        ć _aeijouyś _ckmw
        ę *iwłż bcdgkpstzśż
        ł _abcdeghikmoprsuwyzó _abcdegkmnostuyóąęł
        ń aeiouy _cs
        ó _*iwł bdgjlnrstwzłż
        ś _aeiouyę _cklmnprwć
        ź _adeou _adklmnprw
        ż _adeilmoruyóąę _abeikmnouwyąę
    """,
    "Czech": """
        á _*eiučšž _*čňřšž
        č _abdeghijklmnoprtuvyáéíúš _aceijkmnostuáí
        ď _aelorž _aouá
        é *iž _*čřš
        ě bdmnptv _*čřšž
        í _*ičřšž _*čřšž
        ň _abdeioprsuvyáíúĺŕšž _acdkosuá
        ó bdeghiklmnrt _dgklmnoprtzš
        ř _abdehikoptáéíúě _aeikmnosváí
        š _abdeghijklmnoprtuvwyzáéíúýěľž _aeiklmnopstuváíúňť
        ť _aeiorsíúš _aosá
        ú _*aľš *čľňřš
        ů *čš _cdjlmnrsvzšž
        ý bhklmnrstv _*čš
        ž _adeilnoruáíýěů _abcdehiklmnopsuváéíďňš
        ä kmv _cntz
        ľ _abdeghikoruvzáúýš _ajknosuúčš
        ĺ ks zň
        ŕ tv bnňš
        ô bdghkmnpt cdlprstč
    """,
    "Hungarian": """
        á _*eiy *
        é _*y _*
        í _*y _*
        ó _*aeioy _*aioéúő
        ö _*y *e
        ő _*y _*ai
        ú _*aió _*i
        ü _*y adgklmnrsvz
        ű dgkmrtyz _cijkrstvz
    """,
    "Estonian": """
        ä *ä deghilnrstä
        ö fmrsö dlntö
        ü _*aü *aeüš
        õ _* *eiuš
        š _aikmnrtuõü _aeikmotuv
        ž _del adeikopu
    """,
    "Croatian": """
        č _abeijlnopruvš _aeijknou
        ć _aeioš _aein
        đ _aenoru aeiu
        š _abdeijklmnoprtuv _aeiklmnoprtuvč
        ž _adeilmnoru _abdeijmnoru
    """,
    "Romanian": """
        ă _*iouşţ _*
        â *ţ _cgjlmnrstvz
        î _dhnrs _bcdlmnrsşt
        ş _aeimnoruîâăă _aceimnotuăâî
        ţ _aeimnoprucâîă _aeiuăâ
    """,
    "Cyrillic": """
        а _абвгдежзиклмнопрстуфхцчшј _абвгдежзийклмнопрстуфхцчшяіїјў
        б _агежзийлмнорсуъыьэюяі _авеиклмнорсухцчъыяі
        в _абгдезийклмнорстуцшьяёєії _агдеиклнорстуцчщъыьяіј
        г _авежзийлноруфъыьяєі _абвдеиклмнорсуъыюі
        д _авгдежзийклноруыьэяіў _авдежзиклмнорсухчъыьэюяі
        е _абвгдежзиклмнопрстуфхцчшщьјљњ _абвгдежзйклмнопрстуфхцчшщяјў
        ж _авдезилноручъюяіїў _абгдеиклнопсуъыэі
        з _адеийкнорсуцъыэюяії _абвгдеиклмнорсушыьэяіј
        и _абвгджзклмнопрстуфхцчшщ _абвгдежзйклмнопрстфхцчшщяјњћ
        й _аеиоуыэі _абвгдезклмнорстцчшяі
        к _авдезийлнорстуцчшыьэюяі _авеилмнорстухцшъыі
        л _абвгдезийклмнопрстуфъыэюяі _абвгдежиклмностучъыьюяёі
        м _агдезийклмнорсухшыьэяіј _абвеиклмнопрстухчшыэяі
        н _абвгдежзийклмнопрстухчшыьэяіў _авгдезиклмностуфхцчшыьюяёі
        о _абвгдежзийклмнпрстфхцчшьі _абвгдежзийклмнопрстуфхцчшщяїјљў
        п _аежиклмнопрсуфшыьюяі _аеиклнопрстуцчъыюіјљ
        р _абвгдезийкмопстуфхъыэюяіў _абвгдежзиклмнопстуфхцчшъыьэяі
        с _абвгдезийклмнопрстухшыьэяіјў _авеиклмнопрстухцьяі
        т _авеийклмнопрсуфхшыьэюяі _авеиклнорсухчъыьэюяі
        у _абвгдежзиклмнопрстфхцчшщіј _абвгдежзийклмнопрстфхцчшэј
        ф _аеиклмноруцъьэяєі _агеиклопрстуыьяі
        х _абдеиклмнопрстучыюяі _авеилмнорстучшъэі
        ц _абвеийклнопрсуъыьэюяіј _абвезикорсуфъыьэюяі
        ч _абвдеийлмнопртухшыьэюяі _аежикнотухчыэі
        ш _абезийклмнорухыьэюяіј _авеиклмнопрстучыэі
        щ _абвеиноруьюяєі _аеинотуъі
        ъ _бвгджзклмпрстфхцщ бвгдежзклмнпрстфхцчшю
        ы бвгджзклмнпрстцчш _бвгдезйклмнпрстухцчшяіў
        ь вдзклмнрстц _бвгдеикмностцчшщяёє
        э _авгджзклмнорстухцчш _абвдезйклмнорстфхцчшюя
        ю _абгдезйклнопрстуфцъэ _абвгдежзйклмнпрстхцчшщ
        я _абвдезийлмнорстцыьяі _бвгдежзклмнопрстфхцчшя
        ё аджклмнпстфцчьі _вдзклмнрстў
        є _абвдеиорсуьяєі _вгдзклмнпрстфцє
        і _абвгдзклмнпрстфхцчші _абвгдежзйклмнопрстуфхцчшяєї
        ї _аеиоуьяі _вджзклнстцчші
        ј _авдезиопрсу _абвеиклмнопстуцш
        љ абвеиопу аеинс
        њ _авгдеикорш аеиосу
        ћ _аеир _аеин
        ў _аеоыяёі _бгдежклнрсцш
        ґ _аен _абежор
    """,
}


def neighbours() -> list[Language]:
    """A table a language: the letter, what may stand before it, and what after it."""
    return [
        {
            letter: (_set(before), _set(after))
            for letter, before, after in map(str.split, table.strip().splitlines())
        }
        for table in TABLES.values()
    ]


def _set(letters: str) -> frozenset[str]:
    return frozenset(letters.replace("*", CONSONANTS))
