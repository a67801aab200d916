-- Which quarters has each unit handed in?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column unit            text     in the order of the tree
-- column parent          text     the unit above it; the unit itself at the top
-- column quarter         date     first day of the quarter
-- column status          text     reported; none, reported and nothing was held; partly, some of it; missing, no month of it
-- column due_months      integer  months of the quarter that should have been handed in
-- column missing_months  integer  of these, not handed in
-- column is_missing      boolean  at least one month is not handed in
with held as (
    select distinct unit, quarter from marts.monthly where held > 0
),

quarters as (
    select
        coverage.unit,
        days.quarter,
        count(*)                                             as due_months,
        count(*) filter (where coverage.status = 'missing')  as missing_months,
        count(*) filter (where coverage.status = 'reported') as whole_months
    from marts.coverage as coverage
    join marts.days as days on days.day = coverage.month
    where coverage.month between $start and $until
        and coverage.unit in (select unnest($units))
    group by coverage.unit, days.quarter
)

select
    quarters.unit,
    coalesce(units.parent, units.unit) as parent,
    quarters.quarter,
    case
        when quarters.missing_months = quarters.due_months then 'missing'
        when quarters.whole_months < quarters.due_months then 'partly'
        when held.unit is null then 'none'
        else 'reported'
    end                                as status,
    quarters.due_months,
    quarters.missing_months,
    quarters.missing_months > 0        as is_missing
from quarters
join marts.units as units on units.unit = quarters.unit
left join held on held.unit = quarters.unit and held.quarter = quarters.quarter
order by units.position, quarters.quarter
