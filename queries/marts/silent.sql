-- In which quarters did a unit hold nothing at all, though all three months were handed in whole?
--
-- column unit     text  one row per unit and such quarter
-- column quarter  date  first day of the quarter
with reported as (
    select unit, make_date(year(month), 3 * quarter(month) - 2, 1) as quarter, count(*) as months
    from facts.coverage
    where status = 'reported'
    group by all
),

held as (
    select distinct unit, make_date(year(held_on), 3 * quarter(held_on) - 2, 1) as quarter
    from facts.activities
)

select
    reported.unit,
    reported.quarter
from reported
left join held on held.unit = reported.unit and held.quarter = reported.quarter
where reported.months = 3 and held.unit is null
