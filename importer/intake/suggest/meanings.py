"""Which fields a meaning feeds."""

from collections.abc import Mapping, Sequence

Fields = Sequence[tuple[str, float]]
# What a meaning feeds: the field, and how well; a second one for a column that the first is not
# free for.
FIELDS: Mapping[str, Fields] = {
    "first_name": (("FirstName", 1.0),),
    "last_name": (("LastName", 1.0),),
    "second_last_name": (("LastName", 0.7),),
    "email": (("EmailAddress", 1.0),),
    "phone": (("Phone", 1.0), ("Mobile", 0.65)),
    "mobile": (("Mobile", 1.0), ("Phone", 0.7)),
    "whatsapp": (("Mobile", 0.65), ("Phone", 0.65)),
    "fax": (("Fax", 1.0),),
    "company": (("Company", 1.0),),
    "website": (("Website", 1.0),),
    "domain": (("Website", 0.7),),
    "job_title": (("JobTitle", 1.0),),
    "street1": (("mx_Street1", 1.0), ("mx_Street2", 0.6)),
    "street2": (("mx_Street2", 1.0),),
    "street3": (("mx_Street2", 0.7),),
    "city": (("mx_City", 1.0),),
    "state": (("mx_State", 1.0),),
    "country": (("mx_Country", 1.0),),
    "zip": (("mx_Zip", 1.0),),
    "revenue": (("Revenue", 0.8),),
    "dob": (("mx_DOB", 1.0),),
    "anniversary": (("mx_Anniversary", 1.0),),
    "facebook": (("mx_FaceBookURL", 1.0),),
    "twitter": (("mx_TwitterURL", 1.0),),
    "source_medium": (("SourceMedium", 1.0),),
    "source_campaign": (("SourceCampaign", 1.0),),
    "source_content": (("SourceContent", 1.0),),
    "source_referrer": (("SourceReferrer", 1.0),),
    "notes": (("Notes", 1.0),),
    "message": (("Notes", 0.75),),
    "do_not_email": (("DoNotEmail", 1.0),),
    "do_not_call": (("DoNotCall", 1.0),),
    "do_not_sms": (("DoNotSMS", 1.0),),
    "do_not_track": (("DoNotTrack", 1.0),),
    "latitude": (("Latitude", 0.95),),
    "longitude": (("Longitude", 0.95),),
    "time_zone": (("TimeZone", 0.95),),
    "engagement": (("EngagementScore", 0.65),),
    "ip": (("SourceIPAddress", 0.7),),
}
