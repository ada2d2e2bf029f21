"""The pages, by area."""

from django.urls import URLPattern, URLResolver, path

from kith.web import demonstration
from kith.web.assessments import capacity, checks
from kith.web.assessments import one as assessment
from kith.web.assessments import views as assessments
from kith.web.child import acting, catching_up, details, ending, network
from kith.web.child import views as child
from kith.web.coworking import views as working_together
from kith.web.documents import one as document
from kith.web.documents import tools, waiting
from kith.web.documents import views as documents
from kith.web.ending import views as ending_or_moving
from kith.web.family import views as family
from kith.web.find import merging
from kith.web.find import views as find
from kith.web.front_door import views as front_door
from kith.web.meetings import briefing as meeting_briefing
from kith.web.meetings import listing
from kith.web.meetings import one as meeting
from kith.web.meetings import room as meeting_room
from kith.web.meetings import views as meetings
from kith.web.oversight import in_time, needs
from kith.web.oversight import meetings as oversight_meetings
from kith.web.oversight import views as oversight
from kith.web.plans import comparing
from kith.web.plans import views as plans
from kith.web.practitioners import teams
from kith.web.practitioners import views as practitioners
from kith.web.procedure import views as working_by
from kith.web.recording import views as recording
from kith.web.register import sharing
from kith.web.register import views as register
from kith.web.risks import views as risks
from kith.web.work import views as work

urlpatterns: list[URLPattern | URLResolver] = [
    path("", work.my_work, name="my-work"),
    path("team", work.team, name="team"),
    path("oversight/in-time", in_time.in_time, name="in-time"),
    path("procedure", working_by.procedure, name="procedure"),
    path("why/<uuid:owed>", work.why, name="why"),
    path("why/<uuid:owed>/late", work.why_late, name="why-late"),
    path("child/<uuid:child>", child.overview, name="child"),
    path("child/<uuid:child>/chronology", child.chronology, name="chronology"),
    path("child/<uuid:child>/entry/<uuid:event>", child.entry, name="entry"),
    path("child/<uuid:child>/entry/<uuid:event>/withdraw", acting.withdraw, name="withdraw"),
    path("child/<uuid:child>/entry/<uuid:event>/seal", acting.seal, name="seal"),
    path("child/<uuid:child>/records", child.records, name="records"),
    path("child/<uuid:child>/documents", documents.documents, name="documents"),
    path("child/<uuid:child>/tools", tools.tools, name="tools"),
    path("child/<uuid:child>/documents/choose", documents.choose, name="choose-letter"),
    path("child/<uuid:child>/documents/write/<str:letter>", documents.write, name="write-letter"),
    path("child/<uuid:child>/documents/add", documents.add, name="add-file"),
    path("child/<uuid:child>/documents/<uuid:document>", document.document, name="document"),
    path("child/<uuid:child>/documents/<uuid:document>/file/<uuid:version>", document.file, name="document-file"),
    path("child/<uuid:child>/documents/<uuid:document>/word", document.word, name="document-word"),
    path("child/<uuid:child>/documents/<uuid:document>/approve", document.approve, name="approve-document"),
    path("child/<uuid:child>/documents/<uuid:document>/act", document.act, name="document-act"),
    path(
        "child/<uuid:child>/documents/<uuid:document>/delivery/<uuid:delivery>", document.decide, name="decide-delivery"
    ),
    path("to-print", waiting.print_queue, name="print-queue"),
    path("held", waiting.held, name="held"),
    path("child/<uuid:child>/changes", catching_up.changes, name="changes"),
    path("child/<uuid:child>/summary", catching_up.summary, name="summary"),
    path("child/<uuid:child>/looks", child.looks, name="looks"),
    path("child/<uuid:child>/own-words", acting.voice, name="childs-voice"),
    path("child/<uuid:child>/allocate", acting.allocate, name="allocate"),
    path("child/<uuid:child>/restrict", acting.restrict, name="restrict"),
    path("child/<uuid:child>/conflict", acting.declare, name="declare-conflict"),
    path("child/<uuid:child>/emergency", acting.break_glass, name="break-glass"),
    path("record/<uuid:child>/<str:form>", recording.record_form, name="record-form"),
    path("child/<uuid:child>/network", network.network, name="network"),
    path("child/<uuid:child>/professionals", register.professionals, name="professionals"),
    path("agencies", register.agencies, name="agencies"),
    path("agencies/new", register.enter_agency, name="enter-agency"),
    path("agencies/<uuid:agency>", register.agency, name="agency"),
    path("agencies/<uuid:agency>/sharing", sharing.sharing, name="sharing"),
    path("practitioners", practitioners.practitioners, name="practitioners"),
    path("practitioners/new", practitioners.enter_practitioner, name="enter-practitioner"),
    path("practitioners/<uuid:practitioner>", practitioners.practitioner, name="practitioner"),
    path("teams", teams.teams, name="teams"),
    path("teams/<uuid:team>", teams.team, name="one-team"),
    path("child/<uuid:child>/details", details.details, name="details"),
    path("child/<uuid:child>/end", ending.end_thing, name="end-thing"),
    path("person/<uuid:person>", family.person, name="person"),
    path("front-door", front_door.front_door, name="front-door"),
    path("child/<uuid:child>/assessments", assessments.assessments, name="assessments"),
    path("child/<uuid:child>/assessments/<uuid:assessment>", assessment.assessment, name="assessment"),
    path("child/<uuid:child>/checks/<uuid:about>", checks.checks, name="agency-checks"),
    path("child/<uuid:child>/checks/<uuid:about>/no-bearing", checks.set_aside, name="set-aside"),
    path("child/<uuid:child>/capacity", capacity.capacity, name="capacity-to-change"),
    path("child/<uuid:child>/plans", plans.plans, name="plans"),
    path("child/<uuid:child>/plans/compare", comparing.compare, name="compare-plans"),
    path("child/<uuid:child>/who-does-what", working_together.coworking, name="coworking"),
    path("child/<uuid:child>/risks", risks.risks_of, name="risks"),
    path("meetings", meetings.diary, name="diary"),
    path("child/<uuid:child>/meetings", meetings.meetings, name="meetings"),
    path("child/<uuid:child>/meetings/<uuid:meeting>", meeting.meeting, name="meeting"),
    path("child/<uuid:child>/meetings/<uuid:meeting>/list", listing.invitation_list, name="meeting-list"),
    path("child/<uuid:child>/meetings/<uuid:meeting>/guests", meeting.add_guests, name="meeting-guests"),
    path("child/<uuid:child>/meetings/<uuid:meeting>/calendar/<uuid:guest>", meeting.calendar, name="meeting-calendar"),
    path("child/<uuid:child>/meetings/<uuid:meeting>/briefing", meeting_briefing.briefing, name="meeting-briefing"),
    path("child/<uuid:child>/meetings/<uuid:meeting>/room", meeting_room.room, name="meeting-room"),
    path("child/<uuid:child>/meetings/<uuid:meeting>/room/shown", meeting_room.shown, name="meeting-shown"),
    path("child/<uuid:child>/meetings/<uuid:meeting>/room/since", meeting_room.since, name="meeting-since"),
    path("child/<uuid:child>/closing", ending_or_moving.closing, name="closing"),
    path("child/<uuid:child>/deciding", front_door.deciding, name="deciding"),
    path("family/<uuid:family>", family.family, name="family"),
    path("find", find.find, name="find"),
    path("find/new-child", find.enter_child, name="enter-child"),
    path("find/new-person/<uuid:child>", find.enter_person, name="enter-person"),
    path("child/<uuid:child>/merge/<uuid:other>", merging.merge, name="merge"),
    path("oversight", oversight.oversight, name="oversight"),
    path("oversight/needs", needs.needs, name="needs"),
    path("oversight/meetings", oversight_meetings.meetings, name="meetings-counted"),
    path("openings", oversight.openings, name="openings"),
    path("demonstration", demonstration.choose, name="demonstration"),
    path("child/<uuid:child>/visit/<uuid:visit>/confirm", recording.confirm_visit, name="confirm-visit"),
]
