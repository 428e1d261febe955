"""The lists that the ready mappings are for: invented people, and a few honest flaws in each."""

import codecs
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sample_data.writers.xlsx import Cell, workbook, write_rows

SHOW_HEADER = "Scan ID|Badge|First Name|Last Name|Company|Job Title|Email|Phone|Scanned At"
SHOW_HEADER += "|Interest|Booth|Comment"
SHOW_DAY = datetime(2026, 10, 14)  # noqa: DTZ001  # a workbook's times know no zone
# A phone of digits alone is a number in the workbook, and a time HH:MM a date-time of that day.
SHOW_SCANS = """\
Visitor|Ananya|Kulkarni|Godavari Foods|Plant Manager|ananya.kulkarni@example.com|9822045101|10:04|Hot|B-14|Asked for a quote by Friday
Visitor|Rohit|Bhandari|Bhandari Plastics|Director|ROHIT@EXAMPLE.ORG|919822045102|10:11|Warm|B-14|
Visitor|Meher|Irani|Irani & Daughters|Owner|meher.irani@example.net|+91 98220 45103|10:26|Hot|B-14|Wants a demo in Nashik
Press|Kavya|Menon|Packaging Post|Editor|kavya.menon@example.org|9822045104|10:40|Cold|B-14|Sends us the article
Visitor|Suresh|Patil|Patil Dairy|Purchase Head|suresh.patil@example.com|98220|10:52|Warm|B-14|
Visitor|Li Wei|Tan|Merlion Cold Chain|Operations Lead|liwei.tan@example.net|+65 6123 4567|11:05|Hot|B-14|Flies back on Thursday
Visitor|Farah|Sheikh|Crescent Snacks||farah.sheikh@example.com|9822045107|11:18|Lukewarm|B-14|
Visitor|Devika|Joshi|Joshi Agro|QA Manager|devika.joshi@example.org|9822045108|11:31|Warm|B-15|
Exhibitor|Arjun|Salvi|Salvi Cartons|Sales|arjun.salvi@example.com||11:47|Cold|B-15|Neighbour in hall 3
Visitor|Nikhil|Deshpande|Sahya Beverages|#N/A|nikhil.deshpande@example.net|9822045110|12:02|Hot|B-15|
Visitor|||Konkan Exports||||12:15|Cold|B-15|Asked only for a bag
Visitor|Ishita|Ghosh|Hooghly Teas|Founder|ishita.ghosh@example.com|9822045112|12:33|Hot|B-15|Tea sachets, 2 million a month
Visitor|Ananya|Kulkarni|Godavari Foods|Plant Manager|ananya.kulkarni@example.com|9822045101|14:05|Hot|B-15|Came back with her boss
Visitor|Joseph|Fernandes|Fernandes Feni|Partner|joseph.fernandes@example.org|9822045114|14:17|Warm|B-15|
Visitor|Pooja|Agarwal|Agarwal Sweets|Packaging Lead|pooja.agarwal@example|9822045115|14:29|Warm|B-15|
Visitor|Zubin|Contractor|Contractor Labs|Chemist|zubin.contractor@example.net|9822045116|14:44|Cold||
Visitor|Lakshmi|Raghavan|Kaveri Spices|Buyer|lakshmi.raghavan@example.com|9822045117|15:02|Hot||Compare with her supplier in Erode
Visitor|Manpreet|Gill|Gill Frozen|CEO|manpreet.gill@example.org|9822045118|after lunch|Hot||
Visitor|Sanya|Kapoor||Consultant|sanya.kapoor@example.com|9822045119|15:36|Warm||
Visitor|Tenzin|Dorje|Dorje Organics|Owner|tenzin.dorje@example.net|9822045120|15:58|Warm||Brochure in English
"""  # noqa: E501  # a row of the list a line
WEBINAR = """\
First Name,Last Name,Email,Organization,Job Title,Country/Region,Registration Time,Join Time,Minutes,Attended,E-mail updates
Asha,Verma,asha.verma@example.com,Peepal Learning,Head of Sales,India,2026-10-20T09:14:31Z,2026-11-03T15:29:12+05:30,58,Yes,Yes
Jonas,Keller,Jonas.Keller@Example.org,Keller Werkzeuge,IT Manager,Germany,2026-10-20T11:02:00Z,2026-11-03T11:01:40+01:00,61.5,Yes,No
Chloé,Girard,chloe.girard@example.net,Girard & Fils,Directrice,France,2026-10-21T07:45:10Z,2026-11-03T11:00:05+01:00,44,Yes,Yes
Omar,Haddad,omar.haddad@example.com,Cedar Clinics,Marketing Lead,Jordan,2026-10-21T08:30:00Z,,0,No,Yes
Priya,Raman,priya.raman@example.org,Raman Textiles,Owner,India,2026-10-21T12:12:12Z,2026-11-03T15:41:00+05:30,n/a,Yes,Yes
Lucas,Moreira,lucas.moreira@example.com,Ipê Móveis,Gerente,Brazil,2026-10-22T14:05:44Z,2026-11-03T07:02:19-03:00,52,Yes,No
Grace,Otieno,grace.otieno@example.net,Savanna Solar,Analyst,Kenya,2026-10-22T16:20:00Z,2026-11-03T13:05:00+03:00,33,Yes,Yes
Hiroshi,Nakagawa,hiroshi.nakagawa@example.org,Nakagawa Optics,Engineer,Japan,2026-10-23T01:10:09Z,,0,No,No
Sara,Lindqvist,,Lindqvist Möbler,CFO,Sweden,2026-10-23T06:31:27Z,2026-11-03T11:04:00+01:00,20,Yes,Yes
Tom,Whitaker,tom.whitaker@example.com,"Whitaker, Sons & Co",Partner,United Kingdom,2026-10-23T09:00:00Z,2026-11-03T10:00:30Z,60,Yes,Yes
Asha,Verma,asha.verma@example.com,Peepal Learning,Head of Sales,India,2026-10-24T05:55:02Z,2026-11-03T15:29:12+05:30,58,Yes,Yes
Nadia,Kowalska,nadia.kowalska[at]example.com,Kowalska Druk,Owner,Poland,2026-10-24T10:10:10Z,,0,No,Yes
Ben,O'Rourke,ben.orourke@example.net,Harbour Freight Forwarders,Planner,Ireland,2026-10-25T18:47:55Z,2026-11-03T10:12:00Z,12,Yes,No
Mei,Huang,mei.huang@example.com,Jade River Trading,Buyer,Singapore,2026-10-26T03:22:41Z,2026-11-03T25:10:00+08:00,41,Yes,Yes
Daniel,Appiah,daniel.appiah@example.org,Volta Water,Director,Ghana,2026-10-26T08:08:08Z,2026-11-03T10:03:00Z,57,Yes,perhaps
Elif,Aydın,elif.aydin@example.net,Aydın Seramik,Export Manager,Türkiye,2026-10-27T13:37:00Z,2026-11-03T13:00:00+03:00,49,Yes,Yes
Zoë,van Dijk,zoe.vandijk@example.com,Van Dijk Bloemen,Planner,Netherlands,2026-10-28T07:00:59Z,,0,No,No
Rahul,Sen,rahul.sen@example.org,Hooghly Teas,Manager,India,2026-10-28T10:30:00Z,2026-11-03T15:33:45+05:30,55,Yes,Yes
"""  # noqa: E501  # as above
PARTNERS = """\
Vorname;Nachname;Firma;Position;E-Mail;Telefon;Straße;PLZ;Ort;Umsatz in €;Partner seit;Werbung;Bemerkung
JÜRGEN;WEISS;Weiss Fördertechnik GmbH;Geschäftsführer;juergen.weiss@example.com;030 23125-001;Ahornweg 4;01067;Dresden;1.250.000,50;01.04.2019;Ja;
Sabine;Möller;Möller & Co. KG;Einkauf;sabine.moeller@example.org;030 23125-002;Lindenstraße 12a;10969;Berlin;480.000,00;15.09.2021;Nein;Kommt zur Messe
KLAUS-DIETER;BRANDT;Brandt „Blech“ GmbH;Prokurist;kd.brandt@example.net;+49 221 4710-103;Am Ring 7;50667;Köln;99.000,00;03.02.2020;Ja;
Özlem;Yildiz;Yildiz Logistik;Inhaberin;oezlem.yildiz@example.com;069 90009-104;Mainufer 2;60311;Frankfurt;2.000.000,00;30.06.2018;Ja;
Hans;Grüner;Grüner Garten;Inhaber;hans.gruener@example.com;keins;Gärtnerweg 1;04109;Leipzig;12.500,75;12.12.2022;Ja;Ruft zurück
Renée;Dubois-Lang;Lang Optik AG;Vertrieb;renee.lang@example.org;089 99998-106;Isarblick 9;80331;München;750.000,00;31.11.2020;Nein;
SABINE;MÖLLER;Möller & Co. KG;Einkauf;Sabine.Moeller@Example.org;030 23125-002;Lindenstr. 12a;10969;Berlin;480.000,00;15.09.2021;Nein;Steht schon oben
Björn;Petersen;Nordlicht Werft;Technik;bjoern.petersen@example.net;040 66969-108;Kaistraße 30;20457;Hamburg;3.100.000,00;08.08.2017;Ja;
Anke;Schröder;Schröder Haustechnik;Büro;anke.schroeder@example.com;0221 4710-109;Domgasse 3;50668;Köln;215.000;19.05.2023;Ja;"5 € Rabatt; ab 10 Stück"
Matteo;Rossi;Rossi Feinkost;Inhaber;matteo.rossi@example.org;089 99998-110;Marktplatz 5;80333;München;ca. 90.000;02.01.2024;Nein;
;;Elbe Spedition;;;040 66969-111;Hafenrand 8;20359;Hamburg;;;Ja;Name folgt
Ulrike;von der Heide;Heide Möbel;Leitung;ulrike.heide@example.net;030 23125-112;Seestraße 77;13347;Berlin;660.000,00;27.10.2016;Ja;
Thomas;Krüger;Krüger IT;Inhaber;thomas.krueger(at)example.com;030 23125-113;Torstraße 101;10119;Berlin;140.000,00;14.07.2022;Ja;
Elif;Demir;Demir Druck;Grafik;elif.demir@example.com;069 90009-114;Zeil 60;60313;Frankfurt;88.000,00;06.03.2021;Vielleicht;
Wolfgang;Süß;Süß & Sauer;Küche;wolfgang.suess@example.org;040 66969-115;Alsterweg 16;20354;Hamburg;54.000,90;23.02.2020;Nein;
"""  # noqa: E501  # as above
EXPORT_HEADER = (
    "Record ID|Salutation|First Name|Last Name|Title|Account Name|Email|Email Opt Out|Phone|Fax"
    "|Website|Building|Street|City|State|Zip|Country|Lead Status|Rating|Annual Revenue|Probability"
    "|Birthdate|Description|Last Call|Lead Owner|Owner Email|Created By|Created Date"
    "|Last Modified Date"
)
# Those that are typed below; the others follow from the row's number.
EXPORT_TYPED = (
    "First Name|Last Name|Title|Account Name|Email|Email Opt Out|Phone|Building|Street|City|State"
    "|Zip|Country|Lead Status|Rating|Annual Revenue|Probability|Birthdate|Description|Last Call"
)
EXPORTED = """\
Vikram|Nair|CTO|Backwater Software|vikram.nair@example.com|n|+91 484 400 1201|Tower B|Infopark Road|Kochi|Kerala|682030|India|Open|Hot|18500000|60|1984-02-29|Moves to the cloud|Sounded keen
Helen|Ashworth|Procurement|Ashworth Mills|helen.ashworth@example.org|n|+44 20 7946 0202||4 Weaver Lane|Leeds|||United Kingdom|Working|Warm|7200000.5|35||Wants references|
Carlos|Ibarra||Ibarra Cítricos|carlos.ibarra@example.net|y|+34 612 345 203|Nave 7|Camino Viejo|Valencia|||Spain|Closed - Lost|Cold|950000|0|1979-11-05||Not this year
Mary|Donnelly|Office Manager|Donnelly Orchards|mary.donnelly@example.com|n|+1 617 555 0104||88 Orchard Street|Boston|MA|2108|United States|Open|Warm||20|1990-07-30|Small, but loyal|
Harish|Shetty|GM|Shetty Shipping|harish.shetty@example.org|n|9845012305|Dock House|Harbour Road|Mangaluru|Karnataka|575001|India|Closed - Converted|Hot|42000000|100|1972-04-18||Signed
Emma|Lindholm|Buyer||emma.lindholm@example.net|n|+46 8 123 456 06||Kungsgatan 1|Stockholm|||Sweden|Working||1800000|45||Met in Pune|
Rajesh|Khanduri|Director|Doon Valley Tools|rajesh.khanduri@example.com|n|ask reception|Unit 3|Mill Road|Dehradun|Uttarakhand|248001|India|Open|Warm|6400000|30|1968-09-09||
Amara|Nwosu|Partner|Nwosu & Bright|amara.nwosu@example.org|n|+234 803 123 4508||12 Palm Avenue|Lagos|||Nigeria|Working|Hot|3300000|70|31/02/1985|Two sites|
Peter|Stanhope|Owner|Stanhope Ferries|peter.stanhope@example.net|y|+44 20 7946 0209|Pier 4|Quayside|Dover|||United Kingdom|Nurture|Cold|2100000|5||Next spring|
||Reception|Blue Lotus Resorts||n||Lobby|Beach Road|Panaji|Goa|403001|India|Open||||||
Sunita|Bose|Head of HR|Bose Instruments|sunita.bose@example.com|n|9845012311|Block C|Park Street|Kolkata|West Bengal|700016|India|Open|Hot|15750000|55|1981-01-17|HR first, then sales|Call after Puja
Vikram|Nair|CTO|Backwater Software Pvt. Ltd.|Vikram.Nair@example.com|n||Tower B|Infopark Road|Kochi|Kerala|682030|India|Open|Hot|18500000|60|1984-02-29|Entered twice|
Jack|Holtz|Farmer|Holtz Dairy|jack.holtz@example.org|n|+1 631 555 0113||Rural Route 2|Holtsville|NY|501|United States|Working|Warm|410000|25|1959-12-24||Rings at six
Noor|Rahman|Analyst|Padma Analytics|noor.rahman@example.net|n|+880 1712 345614|Level 9|Gulshan Avenue|Dhaka||1212|Bangladesh|Open|Warm|1200000|40|1993-03-03||
Ingrid|Solberg|Planner|Solberg Timber|ingrid.solberg@example.com|n|+47 22 12 34 15||Storgata 22|Oslo||0155|Norway|Working|Hot|8800000|65||Needs an offer in English|
Deepak|Chowdhury|Manager|Chowdhury Cement|deepak.chowdhury|n|9845012316|Plot 40|NH 6|Raipur|Chhattisgarh|492001|India|Open|Cold|27000000|10|1977-06-06||
"""  # noqa: E501  # as above
EXPORT_OWNERS = ("Asha Rao", "Ravi Iyer", "Meera Das")
EXPORT_BEGIN = datetime(2025, 1, 7, 9, 0)  # noqa: DTZ001  # a workbook's times know no zone


def list_files() -> dict[str, bytes]:
    return {
        "trade_show_scans.xlsx": workbook(_scans),
        "webinar_signups.csv": codecs.BOM_UTF8 + WEBINAR.replace("\n", "\r\n").encode(),
        "partner_list.csv": PARTNERS.replace("\n", "\r\n").encode("cp1252"),
        "crm_export.xlsx": workbook(_export),
    }


def _scans(book: Any) -> None:
    sheet = book.add_worksheet("Scans")
    header = SHOW_HEADER.split("|")
    bold = book.add_format({"bold": True})
    moment = book.add_format({"num_format": "dd-mm-yyyy hh:mm"})
    sheet.write_row(0, 0, header, bold)
    sheet.set_column(2, len(header) - 1, 18)
    sheet.freeze_panes(1, 0)
    phone, scanned, title = (header.index(n) for n in ("Phone", "Scanned At", "Job Title"))
    for row, line in enumerate(SHOW_SCANS.splitlines(), 1):
        cells: list[Cell] = [7000 + row, *line.split("|")]
        if str(cells[phone]).isdigit():
            cells[phone] = int(str(cells[phone]))
        write_rows(sheet, [[cell or None for cell in cells]], first=(row, 0))
        if (at := str(cells[scanned])).replace(":", "").isdigit():
            hours, minutes = map(int, at.split(":"))
            when = SHOW_DAY + timedelta(hours=hours, minutes=minutes)
            sheet.write_datetime(row, scanned, when, moment)
        if cells[title] == "#N/A":
            sheet.write_formula(row, title, "=VLOOKUP(A1,Titles!A:B,2,FALSE)", None, "#N/A")
    about = book.add_worksheet("About")
    write_rows(about, [("Scanned with", "BadgeBox 4.2"), ("Show", "Pack & Process Pune 2026")])


def _export(book: Any) -> None:
    sheet = book.add_worksheet("Leads")
    header = EXPORT_HEADER.split("|")
    formats = {
        name: book.add_format({"num_format": code})
        for name, code in {
            "Zip of the US": "00000",
            "Annual Revenue": "#,##0",
            "Probability": "0%",
            "Birthdate": "dd/mm/yyyy",
            "Created Date": "dd/mm/yyyy hh:mm",
            "Last Modified Date": "dd/mm/yyyy hh:mm",
        }.items()
    }
    sheet.write_row(0, 0, header, book.add_format({"bold": True}))
    sheet.set_column(0, len(header) - 1, 16)
    for row, record in enumerate(_records(), 1):
        for column, name in enumerate(header):
            value = record.get(name)
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            elif value is not None:
                american = record["Country"] == "United States"
                named = "Zip of the US" if name == "Zip" and american else name
                sheet.write(row, column, value, formats.get(named))


def _records() -> Iterator[dict[str, Cell]]:
    for number, line in enumerate(EXPORTED.splitlines()):
        typed = dict(zip(EXPORT_TYPED.split("|"), line.split("|"), strict=True))
        owner = EXPORT_OWNERS[number % len(EXPORT_OWNERS)]
        created = EXPORT_BEGIN + timedelta(days=11 * number, minutes=17 * number)
        yield {
            **{name: text or None for name, text in typed.items()},
            "Record ID": f"00Q{number + 4101:06d}",
            "Email Opt Out": typed["Email Opt Out"] == "y",
            "Website": f"https://www.example.com/{typed['Last Name'].lower()}",
            "Zip": typed["Zip"] if typed["Zip"].startswith("0") else _number(typed["Zip"]),
            "Annual Revenue": _number(typed["Annual Revenue"]),
            "Probability": _number(typed["Probability"], 100),
            "Birthdate": _day(typed["Birthdate"]),
            "Lead Owner": owner,
            "Owner Email": f"{owner.replace(' ', '.').lower()}@example.com",
            "Created By": "Data Import",
            "Created Date": created,
            "Last Modified Date": created + timedelta(days=90, hours=2),
        }


def _number(text: str, parts: int = 1) -> Cell:
    return float(text) / parts if text else None


def _day(text: str) -> Cell:
    """A date; one that is none stays the text that it is."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text or None
