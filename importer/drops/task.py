"""A pass as a task of the Windows Task Scheduler: the task's XML, in lines for PowerShell. Pure.

As a text in PowerShell the XML has the encoding that it names, whatever a file would have.
"""

import re
import subprocess
from xml.sax.saxutils import escape

from importer.drops.planned import Planned

QUOTE = re.compile("['\u2018\u2019\u201a\u201b]")
NAME = "Import drops into LeadSquared"
# StartBoundary: any day that is past. ExecutionTimeLimit: none; without it, three days.
XML = """\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Import what has come into the folders of importer.toml</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2026-01-01T{at:%H:%M}:00</StartBoundary>
      <Enabled>true</Enabled>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Enabled>true</Enabled>
  </Settings>
  <Actions>
    <Exec>
      <Command>{command}</Command>
      <Arguments>{arguments}</Arguments>
      <WorkingDirectory>{folder}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>"""


def task(planned: Planned) -> str:
    program, *arguments = planned.words
    xml = XML.format(
        at=planned.at,
        command=escape(program),
        arguments=escape(subprocess.list2cmdline(arguments)),
        folder=escape(planned.folder),
    )
    register = f"Register-ScheduledTask -TaskName {_text(NAME)} -Xml $task"
    return "\n".join([*_variables(planned), "$task = @'", xml, "'@", register, ""])


def _variables(planned: Planned) -> list[str]:
    """A task knows what is set for the user, and not what is set in a window."""
    found = []
    if planned.folder.startswith("/"):
        found.append(
            "# These paths are of another system: give the command on the Windows computer."
        )
    if planned.variables:
        names = ", ".join(planned.variables)
        found.append(
            f"# Set for your user, by Edit environment variables for your account: {names}"
        )
    for name, value in planned.values.items():
        words = f"{_text(name)}, {_text(value)}, 'User'"
        found.append(f"[Environment]::SetEnvironmentVariable({words})")
    return found


def _text(text: str) -> str:
    """PowerShell takes curly quotes for the straight one, and each doubled for one of its kind."""
    return f"'{QUOTE.sub(lambda sign: sign[0] * 2, text)}'"
