"""Lists in the encodings of different programs, countries and decades."""

import codecs

from importer.intake.source.file import Reading
from sample_data.writers.texts import csv_text
from tests.acceptance.spreadsheets.odd import Cells, Odd, Refused, Table, below, columns
from tests.acceptance.spreadsheets.people import HEADER, PEOPLE, UMLAUTS, visitors
from tests.acceptance.spreadsheets.writers import csv_file

GERMAN = (
    ("Vorname", "Nachname", "Firma", "E-Mail"),
    *UMLAUTS,
    ("Jörg", "Häßler", "Café “Zur Post”", "joerg.haessler@example.org"),
    ("Björn", "Strauß", "Bürobedarf Nürnberg", "bjoern.strauss@example.org"),
)
FRENCH = (
    ("Prénom", "Nom", "Société", "Courriel"),
    ("Hélène", "Lefèvre", "Boulangerie d’Été", "helene.lefevre@example.org"),
    ("François", "Noël", "Forêt & Fils", "francois.noel@example.org"),
    ("Zoé", "Gérard", "Théâtre de Nîmes", "zoe.gerard@example.org"),
    ("Benoît", "Côté", "Crème Fraîche SARL", "benoit.cote@example.org"),
)
POLISH = (
    ("Imię", "Nazwisko", "Firma", "E-mail"),
    ("Łukasz", "Wójcik", "Piekarnia Żółty Chleb", "lukasz.wojcik@example.org"),
    ("Małgorzata", "Kowalczyk", "Zakład Świętokrzyski", "malgorzata.kowalczyk@example.org"),
    ("Agnieszka", "Dąbrowska", "Księgarnia Gdańsk", "agnieszka.dabrowska@example.org"),
    ("Paweł", "Zieliński", "Młyn Wrocław", "pawel.zielinski@example.org"),
    ("Wojciech", "Jaśkiewicz", "Ćwiek i Spółka", "wojciech.jaskiewicz@example.org"),
)
RUSSIAN = (
    ("Имя", "Фамилия", "Компания", "Email"),
    ("Ольга", "Смирнова", "Пермский завод", "olga.smirnova@example.com"),
    ("Дмитрий", "Кузнецов", "Северный путь", "dmitry.kuznetsov@example.com"),
    ("Екатерина", "Попова", "Книжный дом", "ekaterina.popova@example.com"),
    ("Сергей", "Васильев", "Городская пекарня", "sergey.vasiliev@example.com"),
)
JAPANESE = (
    ("姓", "名", "会社名", "メールアドレス"),
    ("田中", "さくら", "くも工業株式会社", "sakura.tanaka@example.com"),
    ("鈴木", "健太", "東京商事", "kenta.suzuki@example.com"),
    ("佐藤", "美咲", "大阪電気", "misaki.sato@example.com"),
    ("高橋", "大輔", "北海道農園", "daisuke.takahashi@example.com"),
)
CHINESE = (
    ("姓名", "公司", "城市", "邮箱"),
    ("王小明", "北京阳光科技有限公司", "北京", "wang.xiaoming@example.com"),
    ("李娜", "上海贸易公司", "上海", "li.na@example.com"),
    ("张伟", "广州电子厂", "广州", "zhang.wei@example.com"),
    ("刘洋", "成都食品公司", "成都", "liu.yang@example.com"),
)
TURKISH = (
    ("Ad", "Soyad", "Şirket", "E-posta"),
    ("Ayşe", "Yılmaz", "Güneş Enerjisi", "ayse.yilmaz@example.org"),
    ("Mehmet", "Çağlar", "İstanbul Gıda", "mehmet.caglar@example.org"),
    ("Gökhan", "Şahin", "Işık Kitabevi", "gokhan.sahin@example.org"),
    ("Çiğdem", "Özdoğan", "Kuş Oteli", "cigdem.ozdogan@example.org"),
)
# All in ASCII but for one name far below, as in a list that is nearly English.
ONE_NAME = (HEADER, *visitors(58), ("Zoë", "Müller", "Kumo Works", "zoe.mueller@example.org"))
GERMAN_FIELDS = columns("Vorname: FirstName", "Nachname: LastName", "E-Mail: EmailAddress")


def table(rows: tuple[Cells, ...], first: int = 2) -> Table:
    return Table(rows[0], below(rows[1:], first))


def two_encodings(first: str, second: str) -> bytes:
    """A list that was put together from two: rows 2 to 3 in the one, 4 to 5 in the other."""
    names = [",".join(row) + "\r\n" for row in UMLAUTS]
    head = ",".join(HEADER) + "\r\n"
    return (head + "".join(names[:2])).encode(first) + "".join(names[2:]).encode(second)


def late_second_encoding() -> bytes:
    """Forty rows of ASCII stand between a name in UTF-8 and one in Windows-1252."""
    upper = csv_text([HEADER, UMLAUTS[0], *visitors(40)])
    return upper.encode() + csv_text([UMLAUTS[1], UMLAUTS[3]]).encode("cp1252")


ENCODINGS = (
    Odd("excel_utf8_with_mark.csv", csv_file(GERMAN, encoding="utf-8-sig"), table(GERMAN),
        says=("UTF-8",), mapping=GERMAN_FIELDS, leads={2: {"FirstName": "Jürgen"}}),
    Odd("excel_unicode_text.txt", csv_file(GERMAN, "\t", encoding="utf-16"), table(GERMAN),
        says=("UTF-16",)),
    Odd("utf16_big_endian.csv",
        lambda: codecs.BOM_UTF16_BE + csv_text(FRENCH, ";").encode("utf-16-be"), table(FRENCH)),
    Odd("utf16_without_mark.csv", csv_file(FRENCH, ",", encoding="utf-16-le"), table(FRENCH),
        says=("UTF-16",)),
    Odd("utf16_big_endian_without_mark.txt", csv_file(GERMAN, "\t", encoding="utf-16-be"),
        table(GERMAN)),
    Odd("german_excel.csv", csv_file(GERMAN, ";", encoding="cp1252"), table(GERMAN),
        says=("Windows-1252 (", "--encoding"), mapping=GERMAN_FIELDS,
        leads={6: {"FirstName": "Jörg", "LastName": "Häßler"}}),
    Odd("french_excel.csv", csv_file(FRENCH, ";", encoding="cp1252"), table(FRENCH),
        says=("Windows-1252",)),
    Odd("polish_excel.csv", csv_file(POLISH, ";", encoding="cp1250"), table(POLISH),
        says=("Windows-1250",)),
    Odd("russian_excel.csv", csv_file(RUSSIAN, ";", encoding="cp1251"), table(RUSSIAN),
        says=("Windows-1251",)),
    Odd("turkish_excel.csv", csv_file(TURKISH, ";", encoding="cp1254"), table(TURKISH),
        says=("Windows-1254",)),
    Odd("old_macintosh.csv", csv_file(FRENCH, ",", end="\r", encoding="mac_roman"),
        table(FRENCH)),
    Odd("japanese_excel.csv", csv_file(JAPANESE, encoding="cp932"), table(JAPANESE)),
    Odd("chinese_excel.csv", csv_file(CHINESE, encoding="gbk"), table(CHINESE)),
    Odd("one_name_that_is_not_ascii.csv", csv_file(ONE_NAME, encoding="cp1252"),
        table(ONE_NAME), says=("Windows-1252",)),
    Odd("dos_program_told.csv", csv_file(GERMAN[:5], ";", encoding="cp850"), table(GERMAN[:5]),
        Reading(encoding="cp850")),
    Odd("german_preamble_and_total.csv",
        csv_file(GERMAN, ";", encoding="cp1252", before="Messe Köln 2026;;;\r\n\r\n",
                 after="Gesamt;;;6\r\n"),
        table(GERMAN, 4), left_out=frozenset({10}), header_row=3),
    Odd("two_encodings.csv", lambda: two_encodings("utf-8", "cp1252"),
        Refused(("UTF-8", "Windows-1252", "line 2", "line 4"))),
    Odd("two_encodings_the_other_way.csv", lambda: two_encodings("cp1252", "utf-8"),
        Refused(("UTF-8", "Windows-1252", "line 2", "line 4"))),
    Odd("two_encodings_far_apart.csv", late_second_encoding,
        Refused(("UTF-8", "line 2", "line 43"))),
    Odd("wrong_encoding_told.csv", csv_file((HEADER, *PEOPLE, *UMLAUTS), encoding="cp1252"),
        Refused(("--encoding", "line 7")), Reading(encoding="utf-8")),
)  # fmt: skip
