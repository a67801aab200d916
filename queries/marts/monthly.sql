-- What did each unit do in each month, by kind of activity?
--
-- column unit                text     one row per unit, month and type with at least one activity
-- column month               date     first day of the month
-- column quarter             date     first day of the quarter
-- column type                text
-- column held                integer  activities
-- column timed               integer  of these, with a duration
-- column minutes             double   min, of the timed ones
-- column counted             integer  with both expected and attended
-- column expected            integer  people, of the counted ones
-- column attended            integer  people, of the counted ones
-- column dated               integer  with a day of recording
-- column prompt              integer  of these, recorded within three working days
-- column late                integer  of these, recorded more than 30 days after
-- column discretionary       integer  whose subject the unit chooses
-- column linked              integer  of these, linked to a business task
-- column substantive         integer  of the linked ones, with an office, a partner, a solved problem or a decision beside the task
-- column with_leaders        integer  with leaders expected and attending counted
-- column leaders_expected    integer  people
-- column leaders_attended    integer  people
-- column leaders_as_members  integer  people; leaders who came as ordinary members
-- column leaders_known       integer  people; leaders expected where it is recorded how many came as ordinary members
-- column prescribed          integer  规定动作
-- column problems_solved     integer
with activities as (
    select
        activities.*,
        held.month,
        held.quarter,
        types.discretionary                                          as is_discretionary,
        recorded.worked - held.worked                                as lag,
        date_diff('day', activities.held_on, activities.recorded_on) as lag_days,
        activities.expected > 0 and activities.attended is not null  as is_counted,
        activities.leaders_expected is not null
            and activities.leaders_attended is not null              as has_leaders
    from facts.activities as activities
    join facts.types as types on types.type = activities.type
    join facts.days as held on held.day = activities.held_on
    left join facts.days as recorded on recorded.day = activities.recorded_on and activities.is_day_known
)

select
    unit,
    month,
    quarter,
    type,
    count(*)                                                                as held,
    count(minutes)                                                          as timed,
    sum(minutes)                                                            as minutes,
    count(*) filter (where is_counted)                                      as counted,
    sum(expected) filter (where is_counted)                                 as expected,
    sum(attended) filter (where is_counted)                                 as attended,
    count(lag)                                                              as dated,
    count(*) filter (where lag <= 3)                                        as prompt,
    count(*) filter (where lag is not null and lag_days > 30)               as late,
    count(*) filter (where is_discretionary)                                as discretionary,
    count(*) filter (where is_discretionary and task is not null)           as linked,
    count(*) filter (where is_discretionary and task is not null and has_result) as substantive,
    count(*) filter (where has_leaders)                                     as with_leaders,
    sum(leaders_expected) filter (where has_leaders)                        as leaders_expected,
    sum(leaders_attended) filter (where has_leaders)                        as leaders_attended,
    sum(leaders_as_members) filter (where has_leaders)                      as leaders_as_members,
    sum(leaders_expected) filter (where has_leaders and leaders_as_members is not null) as leaders_known,
    count(*) filter (where is_prescribed)                                   as prescribed,
    sum(problems_solved)                                                    as problems_solved
from activities
group by unit, month, quarter, type
