-- In which weeks did a unit work, this year and the two before?
--
-- param  until  date   last day counted; the two years before its year are shown as well
-- param  units  names  the unit and what is below it
-- param  types  names  kinds of activity counted
--
-- column unit       text
-- column year       integer
-- column week       integer  week of the year, 1 to 53, counted in sevens from 1 January
-- column starts_on  date     first day of the week
-- column held       integer  activities, kinds with a legitimate season left out; empty where no month it lies in was handed in
-- column status     text     reported, partly or missing
-- column index      double   share of the last six weeks ÷ their share of the working days; empty below eight activities and in years not handed in whole
-- column n          integer  activities of the unit in the year, the same kinds left out
with weeks as (
    select year, week, month, min(min(day)) over (partition by year, week) as starts_on
    from marts.days
    where day between make_date(year($until) - 2, 1, 1) and make_date(year($until), 12, 31)
    group by year, week, month
),

covered as (
    select
        coverage.unit,
        weeks.year,
        weeks.week,
        weeks.starts_on,
        case
            when count(*) filter (where coverage.status = 'reported') = count(*) then 'reported'
            when count(*) filter (where coverage.status = 'missing') = count(*) then 'missing'
            else 'partly'
        end as status
    from marts.coverage as coverage
    join weeks on weeks.month = coverage.month
    where coverage.unit in (select unnest($units)) and coverage.month <= $until
    group by all
),

whole as (
    select unit, year(month) as year
    from marts.coverage
    where unit in (select unnest($units)) and status <> 'missing' and month <= $until
    group by all
    having count(*) = 12
),

even as (
    select year, count(*) filter (where is_last_six_weeks) / count(*) as even
    from marts.days
    where is_working
    group by year
),

weekly as (
    select unit, year, week, sum(held) as held, sum(held) filter (where is_last_six_weeks) as late
    from marts.daily
    where day between make_date(year($until) - 2, 1, 1) and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
        and not is_anchored
    group by all
),

yearly as (
    select unit, year, sum(held) as n, coalesce(sum(late), 0) as late
    from weekly
    group by all
)

select
    covered.unit,
    covered.year,
    covered.week,
    covered.starts_on,
    case when covered.status <> 'missing' then coalesce(weekly.held, 0) end                              as held,
    covered.status,
    case when yearly.n >= 8 and whole.year is not null then yearly.late / yearly.n / nullif(even.even, 0) end as index,
    coalesce(yearly.n, 0)                                                                                as n
from covered
left join weekly on weekly.unit = covered.unit and weekly.year = covered.year and weekly.week = covered.week
left join yearly on yearly.unit = covered.unit and yearly.year = covered.year
left join whole on whole.unit = covered.unit and whole.year = covered.year
left join even on even.year = covered.year
order by covered.unit, covered.year, covered.week
