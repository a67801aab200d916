-- In which weeks of the year did each unit work?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column unit     text     sorted by index, highest first; units with fewer than eight activities last
-- column year     integer
-- column week     integer  week of the year, 1 to 53, counted in sevens from 1 January
-- column starts_on date    first day of the week
-- column held     integer  activities, kinds with a legitimate season left out; empty where the month was not reported
-- column status   text     reported, missing, or partly, also where only one of the months it lies in was handed in
-- column index    double   share of the last six weeks ÷ their share of the working days handed in; empty below eight activities or where none of them was
-- column n        integer  activities of the unit in the year, the same kinds left out
with days as (
    select
        year,
        week,
        month,
        min(min(day)) over (partition by year, week)             as starts_on,
        count(*) filter (where is_working)                       as days,
        count(*) filter (where is_working and is_last_six_weeks) as late_days
    from marts.days
    where year between year($start) and year($until)
    group by year, week, month
),

weeks as (
    select
        coverage.unit,
        days.year,
        days.week,
        days.starts_on,
        case
            when count(*) filter (where coverage.status = 'reported') = count(*) then 'reported'
            when count(*) filter (where coverage.status = 'missing') = count(*) then 'missing'
            else 'partly'
        end as status
    from marts.coverage as coverage
    join days on days.month = coverage.month
    where coverage.unit in (select unnest($units))
    group by coverage.unit, days.year, days.week, days.starts_on
),

even as (
    select coverage.unit, days.year, sum(days.late_days) / sum(days.days) as even
    from marts.coverage as coverage
    join days on days.month = coverage.month
    where coverage.status <> 'missing' and coverage.unit in (select unnest($units))
    group by coverage.unit, days.year
    having sum(days.late_days) > 0
),

weekly as (
    select unit, year, week, sum(held) as held, sum(held) filter (where is_last_six_weeks) as late
    from marts.daily
    where year between year($start) and year($until)
        and unit in (select unnest($units))
        and type in (select unnest($types))
        and not is_anchored
    group by unit, year, week
),

yearly as (
    select
        weekly.unit,
        weekly.year,
        sum(weekly.held)                                                                                as n,
        case when sum(weekly.held) >= 8
            then coalesce(sum(weekly.late), 0) / sum(weekly.held) / any_value(even.even) end             as index
    from weekly
    left join even on even.unit = weekly.unit and even.year = weekly.year
    group by weekly.unit, weekly.year
)

select
    weeks.unit,
    weeks.year,
    weeks.week,
    weeks.starts_on,
    coalesce(weekly.held, case when weeks.status <> 'missing' then 0 end) as held,
    weeks.status,
    yearly.index,
    coalesce(yearly.n, 0)                                                 as n
from weeks
left join weekly on weekly.unit = weeks.unit and weekly.year = weeks.year and weekly.week = weeks.week
left join yearly on yearly.unit = weeks.unit and yearly.year = weeks.year
order by weeks.year, yearly.index desc nulls last, weeks.unit, weeks.week
