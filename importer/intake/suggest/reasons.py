"""Why a column is left out, by what it means."""

from collections.abc import Mapping

WHY_NONE: Mapping[str, str] = {
    "salutation": "a form of address: LeadSquared has no standard field for it",
    "department": "LeadSquared has no standard field for departments",
    "function": "LeadSquared has no standard field for it",
    "seniority": "LeadSquared has no standard field for it",
    "industry": "LeadSquared has no standard field for industries",
    "employees": "LeadSquared has no standard field for a number of employees",
    "middle_name": "LeadSquared has no standard field for middle names",
    "linkedin": "LeadSquared has no standard field for LinkedIn",
    "instagram": "LeadSquared has no standard field for it",
    "skype": "LeadSquared has no standard field for it",
    "consent": "a consent is the opposite of DoNotEmail. If its No is to be sent: field:"
    " DoNotEmail, transform: boolean, true: [No], false: [Yes]",
    "do_not_contact": "it may mean DoNotEmail, DoNotCall or both: fields: can feed each",
    "status": "a status of another system",
    "stage": "its values are no stages of this account",
    "grade": "LeadSquared keeps its own scores and grades",
    "any_score": "LeadSquared keeps its own scores and grades",
    "other_person": "about another person",
    "owner": "the owners of another system are nobody here",
    "id": "an id or number of another system",
    "time": "a moment in another system; LeadSquared keeps its own",
    "event": "about the event, and not the person",
    "account_data": "no standard field of LeadSquared takes it",
    "zip_city": "postal code and city in one cell: part them in the list first",
    "house_number": "a part of an address that the list does not have",
    "country_code": "codes, and no names of countries",
    "type": "no standard field of LeadSquared takes it",
    "district": "LeadSquared has no standard field for districts",
    "region": "no standard field of LeadSquared is for it",
    "origin": "LeadSquared keeps its own",
    "lead_type": "its values are no lead types of this account",
    "source": "a source in another system",
    "original_source": "a source in another system",
    "heard": "an answer, and no source of this account",
}
NO_FIELD = "no field is known for it"
