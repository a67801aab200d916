-- How many topics come down to something concrete?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column period       date     first day of the quarter
-- column numerator    integer  activities whose topic has a word of the list small
-- column denominator  integer  activities with a topic, of kinds whose subject the unit chooses
-- column n            integer  activities behind the figure
with small as (
    select distinct topic from marts.topic_words where name = 'small'
)

select
    activities.quarter  as period,
    count(small.topic)  as numerator,
    count(*)            as denominator,
    count(*)            as n
from marts.activities as activities
left join small on small.topic = activities.topic
where activities.month between $start and $until
    and activities.unit in (select unnest($units))
    and activities.type in (select unnest($types))
    and activities.is_discretionary
    and activities.topic is not null
group by activities.quarter
order by period
