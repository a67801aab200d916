-- Which steps of an activity are on record, from the plan to the decision carried out?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column part  text     drafted, announced, held, recorded, decided or closed
-- column held  integer  activities that record the step; closed: with every decision carried out
-- column n     integer  activities of units that fill the column of the step; closed: of these, with a decision; 0 where nobody does
with judged as (
    select
        exists (
            select 1 from marts.dictionary where name = 'goal' and contains(activities.prepared, word)
        )                                                         as is_drafted,
        notified_on <= case when not is_day_known then last_day(held_on) else held_on end as is_announced,
        recorded_on is not null                                   as is_recorded,
        decisions > 0                                             as is_decided,
        decisions > 0 and decisions_closed >= decisions           as is_closed,
        count(prepared) over (partition by unit) > 0              as tells_prepared,
        count(notified_on) over (partition by unit) > 0           as tells_notice,
        count(recorded_on) over (partition by unit) > 0           as tells_recorded,
        count(decisions) over (partition by unit) > 0             as tells_decisions,
        count(decisions_closed) over (partition by unit) > 0      as tells_closed
    from marts.activities as activities
    where month between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
),

counted as (
    select
        [
            {'part': 'drafted', 'held': count(*) filter (where is_drafted), 'n': count(*) filter (where tells_prepared)},
            {'part': 'announced', 'held': count(*) filter (where is_announced), 'n': count(*) filter (where tells_notice)},
            {'part': 'held', 'held': count(*), 'n': count(*)},
            {'part': 'recorded', 'held': count(*) filter (where is_recorded), 'n': count(*) filter (where tells_recorded)},
            {'part': 'decided', 'held': count(*) filter (where is_decided), 'n': count(*) filter (where tells_decisions)},
            {'part': 'closed', 'held': count(*) filter (where is_closed and tells_closed), 'n': count(*) filter (where is_decided and tells_closed)}
        ] as steps
    from judged
    having count(*) > 0
)

select step.part, step.held, step.n
from (select unnest(steps) as step from counted) as listed
