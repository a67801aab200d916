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
-- column unlinked     integer  not linked
-- column n            integer  activities whose subject the unit chooses
-- column share        double   substantive ÷ n, 0 to 1
select
    quarter,
    sum(substantive)                              as substantive,
    sum(linked) - sum(substantive)                as nominal,
    sum(discretionary) - sum(linked)              as unlinked,
    sum(discretionary)                            as n,
    sum(substantive) / nullif(sum(discretionary), 0) as share
from marts.monthly
where month between $start and $until
    and unit in (select unnest($units))
    and type in (select unnest($types))
group by quarter
having sum(discretionary) > 0
order by quarter
