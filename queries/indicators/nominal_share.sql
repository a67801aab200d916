-- How many activities whose subject the unit chooses name business in words only?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column period       date     first day of the quarter
-- column numerator    integer  a task or business words in the title, with no office, partner, solved problem or decision beside them
-- column denominator  integer  activities whose subject the unit chooses
-- column n            integer  the same as the denominator
select
    activities.quarter as period,
    count(*) filter (
        where not activities.has_result and (activities.task is not null or subjects.business_word is not null)
    )                  as numerator,
    count(*)           as denominator,
    count(*)           as n
from marts.activities as activities
left join marts.subjects as subjects on subjects.topic = activities.topic
where activities.held_on between $start and $until
    and activities.unit in (select unnest($units))
    and activities.type in (select unnest($types))
    and activities.is_discretionary
group by activities.quarter
order by period
