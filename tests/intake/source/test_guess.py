import codecs
import io
from pathlib import Path

import pytest

from importer.errors import SourceError
from importer.intake.source.encoding import Confidence
from importer.intake.source.guess import guess
from importer.intake.source.sample import sample
from importer.intake.source.scan import scan

# What is written, its encoding, and the end of its lines; `;` parts the cells.
WINDOWS = "\r\n"
MAC = "\r"
UNIX = "\n"

SAMPLES = [
    # One letter in a file of three lines.
    ("Name\nJosé\nAnna", "cp1252", WINDOWS),
    ("Name\nJosé\nAnna", "mac-roman", MAC),
    ("Name\nAnna\nJürgen", "cp1252", UNIX),
    ("Name\nAnna\nJürgen", "mac-roman", MAC),
    ("Name\nNuñez\nAnna", "cp1252", WINDOWS),
    ("Name\nNuñez\nAnna", "mac-roman", MAC),
    ("Name\nAnna\nWeiß", "cp1252", WINDOWS),
    ("City\nSão Paulo\nPune", "cp1252", WINDOWS),
    ("City\nSão Paulo\nPune", "mac-roman", MAC),
    # German
    ("Vorname;Ort\nJürgen;München\nKäthe;Köln\nJörg;Großenhain", "cp1252", WINDOWS),
    ("Vorname;Ort\nJürgen;München\nKäthe;Köln\nJörg;Großenhain", "mac-roman", MAC),
    ("Vorname;Ort\nJürgen;München\nKäthe;Köln\nJörg;Großenhain", "mac-roman", UNIX),
    ("Vorname;Ort\nJürgen;München\nKäthe;Köln\nJörg;Großenhain", "cp850", WINDOWS),
    ("NACHNAME\nMÜLLER\nÖZTÜRK\nJÄGER", "cp1252", WINDOWS),
    ("NACHNAME\nMÜLLER\nJÄGER", "mac-roman", MAC),
    # French
    ("Prénom;Ville\nChloé;Besançon\nZoë;Nîmes\nAnaïs;Vœuil-et-Giget", "cp1252", WINDOWS),
    ("Prénom;Ville\nChloé;Besançon\nZoë;Nîmes\nAnaïs;Angoulême", "mac-roman", MAC),
    ("Étienne;aujourd’hui\nHélène;l’été, à l’Île-de-Ré", "cp1252", WINDOWS),
    # Spanish
    ("Nombre;Ciudad\nÍñigo;Málaga\nConcepción;Logroño\nMaría;León", "cp1252", WINDOWS),
    ("Nombre;Ciudad\nGarcía;Málaga\nMartínez;Logroño\nMaría;León", "mac-roman", MAC),
    ("¿Interesado?\nSí\n¡Claro que sí!", "cp1252", WINDOWS),
    ("Piso\n3º B\n2ª planta", "cp1252", WINDOWS),
    # Portuguese
    ("Nome\nJoão\nConceição\nAntônio\nLuís Guimarães", "cp1252", WINDOWS),
    ("Nome\nJoão\nConceição\nAntônio\nLuís Guimarães", "mac-roman", MAC),
    # Italian and the north
    ("Città\nForlì\nCantù\nNiccolò", "cp1252", WINDOWS),
    ("Navn\nSøren Ærø\nÅse Grønnegård\nMalmö", "cp1252", WINDOWS),
    ("Navn\nSøren Ærø\nÅse Grønnegård\nMalmö", "mac-roman", MAC),
    ("Nafn\nÞórunn Sigurðardóttir\nSnæbjörn", "cp1252", WINDOWS),
    # Signs
    ("Note\nHe said “smart quotes” and left", "cp1252", WINDOWS),
    ("Note\nHe said “smart quotes” and left", "mac-roman", MAC),
    ("Price\n€ 50\n50 €\n€20", "cp1252", WINDOWS),
    ("Years\n2019–2020\n2021 – 2022", "cp1252", WINDOWS),
    ("Years\n2019–2020\n2021 – 2022", "mac-roman", MAC),
    ("Note\nDon’t call\nO’Brien’s\nD’Souza", "cp1252", WINDOWS),
    ("Note\nDon’t call\nO’Brien’s\nD’Souza", "mac-roman", MAC),
    ("Brand\nNestlé®\n20 °C\n12 m²\n½", "cp1252", WINDOWS),
    ("Company\nNESTLÉ®\nMÜLLER™", "cp1252", WINDOWS),  # É® are also two bytes of UTF-8
    # Polish, Czech, Hungarian, Croatian, Romanian
    ("Miasto\nŁódź\nGdańsk\nWałęsa", "cp1250", WINDOWS),
    ("Miasto\nWrocław\nAnna", "cp1250", WINDOWS),
    ("Miasto\nŁódź\nGdańsk\nCzęstochowa\nŚwidnica", "iso8859-2", UNIX),
    ("Jméno\nDvořák\nPlzeň\nJiří Němec\nRůžena", "cp1250", WINDOWS),
    ("Név\nGyőr\nErdős Pál\nHódmezővásárhely", "cp1250", WINDOWS),
    ("Ime\nĐorđe Kovačić\nŽeljko\nČakovec", "cp1250", WINDOWS),
    ("Nume\nŞtefan\nBucureşti\nConstanţa\nRăzvan Pîrvu", "cp1250", WINDOWS),
    ("Ad\nIşık\nÖğün\nAyşe Yıldız\nÇağla", "cp1254", WINDOWS),
    # Cyrillic
    ("Имя\nИван", "cp1251", WINDOWS),
    ("Имя;Город\nПётр Иванов;Москва\nЕкатерина;Санкт-Петербург", "cp1251", WINDOWS),
    ("Ім’я;Місто\nОлександр;Київ\nЇжакевич;Львів", "cp1251", WINDOWS),
    ("Фирма\nООО «РОМАШКА»\nЗАО «Рассвет»", "cp1251", WINDOWS),
    ("Имя;Город\nПётр Иванов;Москва\nЕкатерина;Санкт-Петербург", "koi8-r", UNIX),
    # Japanese, Chinese, Korean
    ("名前\n田中", "cp932", WINDOWS),
    ("名前;市\n田中さくら;東京都\n鈴木一郎;大阪市", "cp932", WINDOWS),
    ("会社\nソニー株式会社\nトヨタ自動車\n株式会社ABC", "cp932", WINDOWS),
    ("姓名\n张伟", "gb18030", WINDOWS),
    ("姓名;城市\n张伟;北京市朝阳区\n王芳;上海\n李娜;广州A座", "gb18030", WINDOWS),
    ("姓名;城市\n陳怡君;台北市\n林志明;高雄市左營區", "cp950", WINDOWS),
    ("이름;도시\n김민준;서울특별시\n이서연;부산광역시 해운대구\n박지훈;인천", "cp949", WINDOWS),
    # What charset-normalizer knows and we don't
    ("Όνομα;Πόλη\nΓιώργος Παπαδόπουλος;Αθήνα\nΜαρία;Θεσσαλονίκη", "cp1253", WINDOWS),
]

# Twenty names each, as small lists have them; most are plain.
PLAIN = [
    "Anna Keller",
    "Ravi Nair",
    "Tom Baker",
    "Meera Das",
    "Lina Pillai",
    "John Smith",
    "Maria Rossi",
    "Peter Novak",
    "Ewa Nowak",
    "Paul Martin",
    "Eva Lang",
    "Karl Berg",
]
LISTS = [
    ("Jürgen Groß;Käthe Möller;Björn Schröder;Günther Weiß;Jörg Bäcker", "cp1252"),
    ("François Lefèvre;Hélène Dubois;Zoë Benoît;Jérôme Garçon;Anaïs Cœur", "cp1252"),
    ("Begoña Ibáñez;Íñigo Muñoz;José Ramón;Concepción Núñez;Ángel Gómez", "cp1252"),
    ("João Guimarães;Inês Conceição;Antônio Falcão;Luís Magalhães;Zé Simões", "cp1252"),
    ("Søren Kjær;Åse Bjørnstad;Mårten Sjöberg;Jørgen Nygård;Päivi Mäkinen", "cp1252"),
    ("Małgorzata Wójcik;Łukasz Dąbrowski;Zofia Zając;Paweł Kozłowski;Józef Gałązka", "cp1250"),
    ("Jiří Dvořák;Růžena Němcová;Tomáš Černý;Lukáš Beneš;Šárka Veselá", "cp1250"),
    ("Erzsébet Kovács;Győző Szabó;Dezső Tóth;Zsófia Fülöp;Jenő Erdős", "cp1250"),
    ("Jürgen Groß;Käthe Möller;Björn Schröder;Günther Weiß;Jörg Bäcker", "mac-roman"),
    ("François Lefèvre;Hélène Dubois;Zoë Benoît;Jérôme Garçon;Chloé Noël", "mac-roman"),
    ("Begoña Ibáñez;Íñigo Muñoz;José Ramón;Concepción Núñez;Ángel Gómez", "mac-roman"),
    ("Jürgen Groß;Käthe Möller;Björn Schröder;Günther Weiß;Jörg Bäcker", "cp850"),
    ("François Lefèvre;Hélène Dubois;Zoë Benoît;Jérôme Garçon;Chloé Noël", "cp850"),
    ("Begoña Ibáñez;José Ramón;Concepción Núñez;Ramón Muñoz;Lucía Gómez", "cp850"),
]


def saved(folder: Path, content: bytes) -> Path:
    path = folder / "list.csv"
    path.write_bytes(content)
    return path


def guessed(content: bytes) -> str | None:
    found = guess(sample(io.BytesIO(content)))
    return found.codec if found else None


@pytest.mark.parametrize(("text", "codec", "ending"), SAMPLES)
def test_a_text_is_read_as_it_was_written(
    tmp_path: Path, text: str, codec: str, ending: str
) -> None:
    text = text.replace("\n", ending) + ending
    path = saved(tmp_path, text.encode(codec))

    encoding = scan(path).encoding

    assert encoding.codec == codec
    assert encoding.confidence is not Confidence.CERTAIN
    assert path.read_bytes().decode(encoding.codec) == text


@pytest.mark.parametrize(("names", "codec"), LISTS)
def test_a_small_list_of_names_is_read_as_it_was_written(
    tmp_path: Path, names: str, codec: str
) -> None:
    text = "\r\n".join(["Name", *PLAIN[:6], *names.split(";"), *PLAIN[6:], ""])

    encoding = scan(saved(tmp_path, text.encode(codec))).encoding

    assert (encoding.codec, encoding.confidence) == (codec, Confidence.LIKELY)


def test_latin_9_is_read_as_windows_1252_where_the_two_are_the_same(tmp_path: Path) -> None:
    text = "Name\n" + "\n".join([*PLAIN, "Jürgen Groß", "Hélène Dubois", "Íñigo Muñoz"])
    path = saved(tmp_path, text.encode("iso8859-15"))

    encoding = scan(path).encoding

    assert encoding.codec == "cp1252"
    assert path.read_bytes().decode(encoding.codec) == text


@pytest.mark.parametrize(
    ("text", "codec", "confidence"),
    [
        ("Name\nJosé\n", "cp1252", Confidence.GUESS),
        ("Name\nJürgen\nKöln\nJörg\n", "cp1252", Confidence.GUESS),  # three letters
        ("Name\nJürgen Groß\nKöln\nJörg\nMüller\nKäthe\n", "cp1252", Confidence.LIKELY),
        ("名前\n田中さくら\n鈴木一郎\n", "cp932", Confidence.LIKELY),
        ("Name\n张伟\n", "gb18030", Confidence.GUESS),  # four bytes
    ],
)
def test_how_sure_it_is_goes_by_the_letters_and_the_next_encoding(
    tmp_path: Path, text: str, codec: str, confidence: Confidence
) -> None:
    encoding = scan(saved(tmp_path, text.encode(codec))).encoding

    assert (encoding.codec, encoding.confidence) == (codec, confidence)


@pytest.mark.parametrize(("text", "codec", "ending"), SAMPLES)
def test_every_text_is_certain_in_unicode(
    tmp_path: Path, text: str, codec: str, ending: str
) -> None:
    del codec
    text = text.replace("\n", ending) + ending

    for wanted, mark in [
        ("utf-8", b""),
        ("utf-8-sig", b""),
        ("utf-16", b""),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-16", codecs.BOM_UTF16_BE),
    ]:
        content = mark + text.encode("utf-16-be") if mark else text.encode(wanted)
        path = saved(tmp_path, content)
        encoding = scan(path).encoding
        assert (encoding.codec, encoding.confidence) == (wanted, Confidence.CERTAIN)
        assert path.read_bytes().decode(wanted) == text


@pytest.mark.parametrize(
    "text", [text for text, codec, _ in SAMPLES if codec == "cp1252" and max(text) <= "\xff"]
)
def test_latin_1_is_read_as_windows_1252_which_is_the_same_there(text: str) -> None:
    assert guessed(text.encode("latin-1")) == "cp1252"


def test_hindi_is_certain_in_unicode(tmp_path: Path) -> None:
    text = "नाम,शहर\r\nआशा राव,दिल्ली\r\nप्रिया शर्मा,मुंबई\r\n"

    for codec in ("utf-8", "utf-16", "utf-16-le", "utf-16-be"):
        assert scan(saved(tmp_path, text.encode(codec))).encoding.codec == codec


def test_the_few_words_of_a_long_file_are_found_wherever_they_are(tmp_path: Path) -> None:
    plain = "Anna,Bonn,anna@example.com\r\n" * 60_000
    path = saved(tmp_path, f"{plain}Dvořák,Plzeň,x\r\n{plain}Jiří,Třebíč,x\r\n".encode("cp1250"))

    assert scan(path).encoding.codec == "cp1250"


@pytest.mark.parametrize(("ending", "codec"), [(MAC, "mac-roman"), (WINDOWS, "cp1252")])
def test_old_line_ends_speak_for_an_old_encoding(ending: str, codec: str) -> None:
    """These bytes are Díaz in Mac Roman, and D’az in Windows-1252."""
    content = f"Name{ending}Díaz{ending}".encode("mac-roman")

    assert guessed(content) == codec


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(1, 256)) * 3,
        b"A,B\n" + bytes((7 * number) % 251 + 1 for number in range(3_000)),
    ],
)
def test_what_is_no_text_is_not_guessed_at(tmp_path: Path, content: bytes) -> None:
    path = saved(tmp_path, content)

    with pytest.raises(SourceError) as caught:
        scan(path)

    assert caught.value.where
    assert caught.value.fix
    assert "--encoding" in caught.value.fix
