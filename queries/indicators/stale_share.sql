-- How much is held in one of the three old forms?
--
-- param  start        date   first day counted
-- param  until        date   last day counted
-- param  units        names  units counted
-- param  types        names  kinds of activity counted
-- param  stale_forms  text   lecture (L13) or meeting (L20)
--
-- column period       date     first day of the quarter
-- column numerator    integer  activities in one of the three forms
-- column denominator  integer  activities with a form, of kinds whose subject the unit chooses
-- column n            integer  activities behind the figure
with stale as (
    select word from marts.dictionary where name = $stale_forms
)

select
    quarter  as period,
    count(*) filter (where exists (select 1 from stale where contains(activities.form, stale.word)))  as numerator,
    count(*)                                                                                          as denominator,
    count(*)                                                                                          as n
from marts.activities as activities
where month between $start and $until
    and unit in (select unnest($units))
    and type in (select unnest($types))
    and is_discretionary
    and form is not null
group by quarter
order by period
