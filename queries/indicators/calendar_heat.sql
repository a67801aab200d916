-- On which days was something held?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column day         date     every day of the span
-- column year        integer
-- column held        integer  activities; those known only by month are left out
-- column is_working  boolean
-- column holiday     text     name of the public holiday
-- column reported    integer  units that handed in the month's ledger
with daily as (
    select day, sum(held) as held
    from marts.daily
    where day between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
    group by day
),

coverage as (
    select month, count(*) filter (where status <> 'missing') as reported
    from marts.coverage
    where unit in (select unnest($units))
    group by month
)

select
    days.day,
    days.year,
    coalesce(daily.held, case when coverage.reported > 0 then 0 end) as held,
    days.is_working,
    days.holiday,
    coalesce(coverage.reported, 0)                                   as reported
from marts.days as days
left join daily on daily.day = days.day
left join coverage on coverage.month = days.month
where days.day between $start and $until
order by days.day
