-- How much of the year's work fell into its last six weeks?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column period       date     first day of the year; whole years touched by the span are counted, units that handed in nothing of its last 42 days left out
-- column numerator    integer  activities in the last 42 days, kinds with a legitimate season left out
-- column denominator  integer  activities in the year, the same kinds left out
-- column even         double   share expected of even work: of the last 42 days in the working days each unit handed in, weighted by its activities, 0 to 1
-- column n            integer  the denominator
with working as (
    select
        year,
        month,
        count(*) filter (where is_working)                       as days,
        count(*) filter (where is_working and is_last_six_weeks) as late_days
    from marts.days
    where year between year($start) and year($until)
    group by year, month
),

even as (
    select coverage.unit, working.year, sum(working.late_days) / sum(working.days) as even
    from marts.coverage as coverage
    join working on working.month = coverage.month
    where coverage.status <> 'missing' and coverage.unit in (select unnest($units))
    group by coverage.unit, working.year
    having sum(working.late_days) > 0
),

yearly as (
    select unit, year, sum(held) as held, coalesce(sum(held) filter (where is_last_six_weeks), 0) as late
    from marts.daily
    where year between year($start) and year($until)
        and unit in (select unnest($units))
        and type in (select unnest($types))
        and not is_anchored
    group by unit, year
)

select
    make_date(yearly.year, 1, 1)                    as period,
    sum(yearly.late)                                as numerator,
    sum(yearly.held)                                as denominator,
    sum(yearly.held * even.even) / sum(yearly.held) as even,
    sum(yearly.held)                                as n
from yearly
join even on even.unit = yearly.unit and even.year = yearly.year
group by yearly.year
order by period
