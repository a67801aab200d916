-- Is the link to business real, nominal or absent?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column quarter      date     first day of the quarter
-- column substantive  integer  linked to a task, with an office, a partner, a solved problem or a decision beside it
-- column nominal      integer  linked to a task in words only
-- column titled       integer  business words in the title alone: no task, office, partner, solved problem or decision
-- column unlinked     integer  the rest: no task, and no business words or something beside them
-- column n            integer  activities whose subject the unit chooses
-- column share        double   substantive ÷ n, 0 to 1
-- column word         text     the business word that decided most often in the titles, the first of equals; empty where none did
with counted as (
    select
        activities.quarter,
        activities.task is not null as is_linked,
        activities.has_result,
        case when activities.task is null and not activities.has_result then subjects.business_word end as word
    from marts.activities as activities
    left join marts.subjects as subjects on subjects.topic = activities.topic
    where activities.held_on between $start and $until
        and activities.unit in (select unnest($units))
        and activities.type in (select unnest($types))
        and activities.is_discretionary
),

deciding as (
    select quarter, word
    from counted
    where word is not null
    group by quarter, word
    qualify row_number() over (partition by quarter order by count(*) desc, word) = 1
)

select
    counted.quarter,
    count(*) filter (where is_linked and has_result)              as substantive,
    count(*) filter (where is_linked and not has_result)          as nominal,
    count(counted.word)                                           as titled,
    count(*) filter (where not is_linked and counted.word is null) as unlinked,
    count(*)                                                      as n,
    count(*) filter (where is_linked and has_result) / count(*)   as share,
    any_value(deciding.word)                                      as word
from counted
left join deciding on deciding.quarter = counted.quarter
group by counted.quarter
order by counted.quarter
