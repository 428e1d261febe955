"""The engine benchmark's baseline: 16 tasks over one httpx.AsyncClient, journalling nothing."""

import asyncio
import csv
import os
import sys

import httpx

TASKS = 16
FIELDS = {"First Name": "FirstName", "Last Name": "LastName", "Email": "EmailAddress"}


async def main(path: str) -> None:
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    todo = iter(rows)
    headers = {
        "x-LSQ-AccessKey": os.environ["LSQ_ACCESS_KEY"],
        "x-LSQ-SecretKey": os.environ["LSQ_SECRET_KEY"],
    }
    async with httpx.AsyncClient(base_url=os.environ["LSQ_HOST"], headers=headers) as client:

        async def work() -> None:
            for row in todo:
                body = [{"Attribute": to, "Value": row[name]} for name, to in FIELDS.items()]
                reply = await client.post("/v2/LeadManagement.svc/Lead.Create", json=body)
                reply.raise_for_status()

        await asyncio.gather(*(work() for _ in range(TASKS)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
