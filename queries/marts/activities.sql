-- Which activities took place, and what is recorded of each?
--
-- stored as a view: a list to leaf through, as long as the facts
--
-- column activity            text     one row per activity
-- column unit                text
-- column type                text
-- column held_on             date     day held; the first of the month where only the month is known
-- column is_day_known        boolean  false where the ledger gives only the month
-- column topic               text
-- column form                text     as the ledger words it
-- column place               text
-- column planned_on          date
-- column notified_on         date
-- column recorded_on         date     day the record was written
-- column starts_at           text
-- column minutes             double   min
-- column expected            integer  people
-- column attended            integer  people
-- column leave               integer  people
-- column absent              integer  people who neither came nor asked for leave
-- column left_early          integer  people
-- column young_expected      integer  members born after 1980
-- column young_attended      integer  members born after 1980
-- column leaders_expected    integer  people
-- column leaders_attended    integer  people
-- column leaders_as_members  integer  people
-- column host                text     salted token, never a name
-- column host_role           text     secretary, deputy, committee or member
-- column speaker             text     salted token, never a name
-- column speakers            integer  people who spoke
-- column has_interaction     boolean
-- column criticisms          integer
-- column is_prescribed       boolean  by the ledger; else by the kind of activity
-- column triggered_by        text     superior, plan or own
-- column organised_by        text     branch or superior
-- column task                text     the business task as the ledger words it
-- column business_offices    text     as the ledger words them
-- column partner_units       text     as the ledger words them
-- column has_result          boolean  a business office, a partner, a solved problem or a decision stands beside it
-- column problems_raised     integer
-- column problems_solved     integer
-- column decisions           integer
-- column decisions_closed    integer
-- column decisions_owned     integer  with owner and deadline
-- column outcome             text     what it led to in business
-- column prepared            text     what was prepared beforehand, as the ledger words it
-- column entry_point         text     learning, business, management or team
-- column reports             integer  publicity
-- column materials           integer  papers, pictures and the like kept of it
-- column satisfaction        double   what those who came thought of it, on the ledger's own scale
-- column sync                text     ids of the sync steps recorded, joined by commas
-- column campaign            text
-- column counts_for          integer  the year it belongs to
-- column month               date     first day of the month it was held in
-- column quarter             date     first day of the quarter
-- column is_discretionary    boolean  the unit chooses the subject, so a link to business can be asked of it
-- column is_anchored         boolean  has a legitimate season; never counted for a rush
select
    activities.activity,
    activities.unit,
    activities.type,
    activities.held_on,
    activities.is_day_known,
    activities.topic,
    activities.form,
    activities.place,
    activities.planned_on,
    activities.notified_on,
    activities.recorded_on,
    activities.starts_at,
    activities.minutes,
    activities.expected,
    activities.attended,
    activities.leave,
    activities.absent,
    activities.left_early,
    activities.young_expected,
    activities.young_attended,
    activities.leaders_expected,
    activities.leaders_attended,
    activities.leaders_as_members,
    activities.host,
    activities.host_role,
    activities.speaker,
    activities.speakers,
    activities.has_interaction,
    activities.criticisms,
    activities.is_prescribed,
    activities.triggered_by,
    activities.organised_by,
    activities.task,
    activities.business_offices,
    activities.partner_units,
    activities.has_result,
    activities.problems_raised,
    activities.problems_solved,
    activities.decisions,
    activities.decisions_closed,
    activities.decisions_owned,
    activities.outcome,
    activities.prepared,
    activities.entry_point,
    activities.reports,
    activities.materials,
    activities.satisfaction,
    activities.sync,
    activities.campaign,
    activities.counts_for,
    make_date(year(activities.held_on), month(activities.held_on), 1) as month,
    make_date(year(activities.held_on), 3 * quarter(activities.held_on) - 2, 1) as quarter,
    types.discretionary as is_discretionary,
    types.anchored as is_anchored
from facts.activities as activities
join facts.types as types on types.type = activities.type
