-- Which activities took place, as the newest import that still stands tells it?
--
-- column activity            text     one row per activity; the id is that of its unit, type, day, start and topic, the same in every import
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
-- column recorder            text     salted token, never a name
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
select
    standing.key as activity,
    standing.unit,
    standing.type,
    standing.held_on,
    coalesce(standing.held_on_precision, 'day') = 'day' as is_day_known,
    standing.topic,
    standing.form,
    standing.place,
    standing.planned_on,
    standing.notified_on,
    standing.recorded_on,
    standing.recorder,
    standing.starts_at,
    standing.minutes,
    standing.expected,
    standing.attended,
    standing.leave,
    standing.absent,
    standing.left_early,
    standing.young_expected,
    standing.young_attended,
    standing.leaders_expected,
    standing.leaders_attended,
    standing.leaders_as_members,
    standing.host,
    standing.host_role,
    standing.speaker,
    standing.speakers,
    standing.interaction as has_interaction,
    standing.criticisms,
    coalesce(standing.prescribed = 'prescribed', types.prescribed) as is_prescribed,
    standing.triggered_by,
    standing.organised_by,
    standing.task,
    standing.business_offices,
    standing.partner_units,
    standing.business_offices is not null or standing.partner_units is not null
        or coalesce(standing.problems_solved, 0) > 0 or coalesce(standing.decisions, 0) > 0 as has_result,
    standing.problems_raised,
    standing.problems_solved,
    standing.decisions,
    standing.decisions_closed,
    standing.decisions_owned,
    standing.outcome,
    standing.prepared,
    standing.entry_point,
    standing.reports,
    standing.materials,
    standing.satisfaction,
    standing.sync,
    standing.campaign,
    coalesce(standing.year_of, year(standing.held_on)) as counts_for
from raw.standing_activities as standing
join raw.types as types on types.type = standing.type
