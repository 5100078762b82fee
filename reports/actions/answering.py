"""Answers to the questions of the month's form."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from eduportal.base.errors import Refused
from eduportal.base.text import nfc
from reports.models import Answer, MonthlyReport, Question
from schools.models import Posting
from trail.actions import record


class AnswersMissing(Refused):
    """Not sent, because questions that must be answered have no answer."""

    def __init__(self, missing: Sequence[Question]):
        words = _("Not sent: not answered yet: %(names)s. Everything you typed is saved.")
        names = "; ".join(one.text for one in missing)
        super().__init__(words % {"names": names}, code="answers_missing")
        self.missing = list(missing)


def write_answers(*, report: MonthlyReport, answers: Mapping[int, str], by: Posting) -> dict[int, str]:
    """Write answers by the keys of their questions; an empty one takes the answer away.

    Those not named stay. Within a transaction that holds the report. Gives what is stored then, of those
    named also that nothing is. Four queries at most, none without answers.
    """
    if not answers:
        return {}
    stored = {one.question_id: one for one in Answer.objects.filter(report=report)}
    told, gone, changed, new = {}, [], [], []
    for key, given in answers.items():
        text, before = nfc(given).strip(), stored.get(key)
        if text == (before.text if before else ""):
            continue
        told[str(key)] = [before.text if before else "", text]
        if before is None:
            stored[key] = Answer(report=report, question_id=key, text=text)
            new.append(stored[key])
        elif text:
            before.text = text
            changed.append(before)
        else:
            gone.append(stored.pop(key).pk)
    if told:
        if gone:
            Answer.objects.filter(pk__in=gone).delete()
        Answer.objects.bulk_update(changed, ["text"])
        Answer.objects.bulk_create(new)
        record("answers.written", about=report, by=by, unit_id=report.unit_id, data={"changes": told})
    return dict.fromkeys(answers, "") | {key: one.text for key, one in stored.items()}
