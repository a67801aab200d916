-- Which of its four duties does the work carry out, quarter by quarter?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column quarter  date     one row per quarter that any unit reported and duty; first day
-- column duty     text     education, management, supervision or service
-- column held     integer  activities that carry out the duty
-- column n        integer  activities of the quarter that carry out any of the four
-- column share    double   held ÷ n, 0 to 1
-- column zero     integer  1 where nothing of the duty was held in the whole quarter by anybody, else 0
-- column units    integer  units that reported the whole quarter
-- column without  integer  of these, without any activity of the duty in it
with coverage as (
    select unit, make_date(year(month), 3 * quarter(month) - 2, 1) as quarter, count(*) filter (where status = 'reported') as months
    from marts.coverage
    where month between $start and $until
        and unit in (select unnest($units))
        and status <> 'missing'
    group by unit, quarter
),

duties as (
    select distinct duty
    from marts.types
    where duty is not null and type in (select unnest($types))
),

held as (
    select monthly.unit, monthly.quarter, types.duty, sum(monthly.held) as held
    from marts.monthly as monthly
    join marts.types as types on types.type = monthly.type and types.duty is not null
    where monthly.month between $start and $until
        and monthly.unit in (select unnest($units))
        and monthly.type in (select unnest($types))
    group by monthly.unit, monthly.quarter, types.duty
),

counted as (
    select
        coverage.quarter,
        duties.duty,
        coalesce(sum(held.held), 0)                                                 as held,
        count(*) filter (where coverage.months = 3)                                 as units,
        count(*) filter (where coverage.months = 3 and held.held is null)           as without
    from coverage
    cross join duties
    left join held on held.unit = coverage.unit and held.quarter = coverage.quarter and held.duty = duties.duty
    group by coverage.quarter, duties.duty
)

select
    quarter,
    duty,
    held,
    sum(held) over (partition by quarter)                        as n,
    held / nullif(sum(held) over (partition by quarter), 0)      as share,
    case when held = 0 and units > 0 then 1 else 0 end           as zero,
    units,
    without
from counted
order by quarter, list_position(['education', 'management', 'supervision', 'service'], duty)
