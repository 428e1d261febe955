"""Damaged letters: mojibake, lost ones, entities, invisible ones, capitals."""

from tests.acceptance.spreadsheets.damage import listed, sending
from tests.acceptance.spreadsheets.odd import Cells, Odd, Table, below, columns, finds
from tests.acceptance.spreadsheets.writers import csv_file, lines, xlsx

FIRMS = ("BÃ¤ckerei GrÃ¼n", "Ganga Solar", "SociÃ©tÃ© de ThÃ©", "MÃ¶bel KÃ¶hler", "Kumo Works")
WHOLE = ("Bäckerei Grün", "Ganga Solar", "Société de Thé", "Möbel Köhler", "Kumo Works")
TWICE = ("BÃƒÂ¤ckerei GrÃƒÂ¼n", "Ganga Solar", "MÃƒÂ¶bel KÃƒÂ¶hler")
ENTITIES = ("Smith &amp; Sons", "O&#39;Brien Ltd", "Ganga Solar", "A &lt; B &quot;Labs&quot;")
READABLE = ("Smith & Sons", "O'Brien Ltd", "Ganga Solar", 'A < B "Labs"')
INVISIBLE = ("Ganga\u00a0Solar", "Kumo\u200b Works", "Casa Verde", "\ufeffAtelier Nord")
VISIBLE = ("Ganga Solar", "Kumo Works", "Casa Verde", "Atelier Nord")
LOST = ("M\ufffdbel K\ufffdhler", "Ganga Solar", "Soci\ufffdt\ufffd de Th\ufffd")
QUOTES = ("Joeâ€™s Diner", "Ganga Solar", "Café â€“ Bar")
PORTUGUESE = ("Irmã Lúcia", "MAÇÃ VERDE", "São João Ltda", "Pão & Vinho")
FIRM = "Firm: Company"
FIXED = "Firm: {field: Company, transform: fix_text}"
CAPITALS = (
    ("First Name", "Last Name", "Email", "Country"),
    ("ASHA", "RAO", "asha.rao@example.com", "IN"),
    ("TOM", "BAKER", "tom.baker@example.com", "GB"),
    ("MEERA", "DAS", "meera.das@example.com", "IN"),
    ("JONAS", "WEBER", "jonas.weber@example.org", "DE"),
)
NAMES = columns("First Name: FirstName", "Last Name: LastName", "Email: EmailAddress",
                "Country: mx_Country")  # fmt: skip
TITLED = columns("First Name: {field: FirstName, transform: title}",
                 "Last Name: {field: LastName, transform: title}",
                 "Email: EmailAddress")  # fmt: skip
INITIALS = (
    ("First Name", "Last Name", "Email", "Country"),
    ("JP", "Morgan", "jp.morgan@example.com", "US"),
    ("Asha", "Rao", "asha.rao@example.com", "IN"),
    ("A. K.", "Iyer", "ak.iyer@example.com", "IN"),
    ("Tom", "McDonald", "tom.mcdonald@example.com", "GB"),
)
MARKED_MAIL = "Name,Email,Firm\nAsha Rao,asha.rao@example.com\u200b,Ganga Solar\n"
BOTH = ("BÃ¤ckerei GrÃ¼n &amp; Sohn", "Kumo\u00a0Works", "Casa Verde")


def firms(values: Cells) -> Table:
    rows = listed("Firm", values)
    return Table(rows[0], below(rows[1:]))


LETTERS = (
    Odd("mojibake.csv", csv_file(listed("Firm", FIRMS)), firms(FIRMS), mapping=sending(FIRM),
        findings=finds(("mojibake", "Firm")), leads={2: {"Company": "BÃ¤ckerei GrÃ¼n"}}),
    Odd("mojibake_mended.csv", csv_file(listed("Firm", FIRMS)), firms(FIRMS),
        mapping=sending(FIXED), findings=None,
        leads={row: {"Company": text} for row, text in enumerate(WHOLE, 2)}),
    Odd("mojibake_of_quotation_marks.csv", csv_file(listed("Firm", QUOTES)), firms(QUOTES),
        mapping=sending(FIRM), findings=finds(("mojibake", "Firm"))),
    Odd("mojibake_doubled.csv", csv_file(listed("Firm", TWICE)), firms(TWICE),
        mapping=sending(FIRM), findings=finds(("mojibake", "Firm"))),
    Odd("mojibake_doubled_mended.csv", csv_file(listed("Firm", TWICE)), firms(TWICE),
        mapping=sending(FIXED), findings=None,
        leads={2: {"Company": "Bäckerei Grün"}, 3: {"Company": "Ganga Solar"},
               4: {"Company": "Möbel Köhler"}}),
    Odd("mojibake.xlsx", xlsx(listed("Firm", FIRMS)), firms(FIRMS), mapping=sending(FIRM),
        findings=finds(("mojibake", "Firm"))),
    Odd("portuguese_that_is_no_mojibake.csv", csv_file(listed("Firm", PORTUGUESE)),
        firms(PORTUGUESE), mapping=sending(FIXED),
        leads={row: {"Company": text} for row, text in enumerate(PORTUGUESE, 2)}),
    Odd("entities.csv", csv_file(listed("Firm", ENTITIES)), firms(ENTITIES),
        mapping=sending(FIRM), findings=finds(("entities", "Firm")),
        leads={2: {"Company": "Smith &amp; Sons"}}),
    Odd("entities_mended.csv", csv_file(listed("Firm", ENTITIES)), firms(ENTITIES),
        mapping=sending(FIXED), findings=None,
        leads={row: {"Company": text} for row, text in enumerate(READABLE, 2)}),
    Odd("invisible_signs.csv", csv_file(listed("Firm", INVISIBLE)), firms(INVISIBLE),
        mapping=sending(FIRM), findings=finds(("invisible", "Firm")),
        leads={3: {"Company": "Kumo\u200b Works"}}),
    Odd("invisible_signs_mended.csv", csv_file(listed("Firm", INVISIBLE)), firms(INVISIBLE),
        mapping=sending(FIXED), findings=None,
        leads={row: {"Company": text} for row, text in enumerate(VISIBLE, 2)}),
    Odd("invisible_sign_behind_an_email.csv", lines(MARKED_MAIL),
        Table(["Name", "Email", "Firm"],
              {2: ["Asha Rao", "asha.rao@example.com\u200b", "Ganga Solar"]}),
        mapping=columns("Name: FirstName", "Email: EmailAddress"),
        findings=finds(("invisible", "Email"))),
    Odd("lost_letters.csv", csv_file(listed("Firm", LOST)), firms(LOST), mapping=sending(FIRM),
        findings=finds(("lost_character", "Firm")),
        invalid={2: "lost_character", 4: "lost_character"}),
    Odd("lost_letters_as_they_are.csv", csv_file(listed("Firm", LOST)), firms(LOST),
        mapping=sending("Firm: {field: Company, as_is: true}"),
        leads={2: {"Company": "M\ufffdbel K\ufffdhler"}}),
    Odd("lost_letters.xlsx", xlsx(listed("Firm", LOST)), firms(LOST), mapping=sending(FIRM),
        findings=finds(("lost_character", "Firm")),
        invalid={2: "lost_character", 4: "lost_character"}),
    Odd("names_in_capitals.csv", csv_file(CAPITALS), Table(CAPITALS[0], below(CAPITALS[1:])),
        mapping=NAMES, findings=finds(("capitals", "First Name"), ("capitals", "Last Name")),
        leads={2: {"FirstName": "ASHA", "mx_Country": "IN"}}),
    Odd("names_in_capitals_mended.csv", csv_file(CAPITALS),
        Table(CAPITALS[0], below(CAPITALS[1:])), mapping=TITLED, findings=None,
        leads={2: {"FirstName": "Asha", "LastName": "Rao"}}),
    Odd("initials.csv", csv_file(INITIALS), Table(INITIALS[0], below(INITIALS[1:])),
        mapping=NAMES),
    Odd("mojibake_entities_and_invisible_signs.csv", csv_file(listed("Firm", BOTH)), firms(BOTH),
        mapping=sending(FIRM),
        findings=finds(("mojibake", "Firm"), ("entities", "Firm"), ("invisible", "Firm"))),
    Odd("mojibake_below_a_title.csv",
        csv_file(listed("Firm", FIRMS), ";", before="Frühjahr\r\n\r\n", after="Summe;;5\r\n"),
        Table(["Name", "Email", "Firm"], below(listed("Firm", FIRMS)[1:], 4)),
        mapping=sending(FIXED), findings=None, header_row=3, left_out=frozenset({9}),
        leads={4: {"Company": "Bäckerei Grün"}}),
)  # fmt: skip
