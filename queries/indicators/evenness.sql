-- How even is each unit's own rhythm?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column unit           text
-- column n              integer  activities with a known day, kinds with a legitimate season left out
-- column months_active  integer  of the months reported, those with an activity of any kind counted, with a legitimate season or without a known day too
-- column months         integer  months of the span that were reported
-- column variation      double   coefficient of variation of the monthly counts over reported months
-- column burstiness     double   Kim and Jo's burstiness of the gaps between days, -1 even to 1 bursty; empty below eight days
-- column longest_gap    integer  days, between two activities
-- column silent         integer  1 where more than 92 days between two activities lie in months that were all handed in, else 0
-- column late_share     double   share in the last six weeks of the year, 0 to 1; empty where nothing of them was handed in
-- column even_share     double   share of those weeks in the working days of the months handed in, 0 to 1
with daily as (
    select unit, day, month, is_last_six_weeks, sum(held) as held
    from marts.daily
    where day between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
        and not is_anchored
    group by unit, day, month, is_last_six_weeks
),

gaps as (
    select
        unit,
        day,
        lag(day) over (partition by unit order by day)                        as day_before,
        date_diff('day', lag(day) over (partition by unit order by day), day) as gap
    from daily
),

silent as (
    select distinct unit
    from gaps
    where gap > 92 and not exists (
        select 1 from marts.coverage
        where coverage.unit = gaps.unit and status = 'missing' and month between date_trunc('month', gaps.day_before) and gaps.day)
),

held as (
    select distinct unit, month
    from marts.monthly
    where month between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
        and held > 0
),

spread as (
    select
        unit,
        count(gap)                            as gaps,
        max(gap)                              as longest_gap,
        stddev_pop(gap) / nullif(avg(gap), 0) as r
    from gaps
    group by unit
),

totals as (
    select
        unit,
        sum(held)                                                             as n,
        coalesce(sum(held) filter (where is_last_six_weeks), 0) / sum(held)   as late_share
    from daily
    group by unit
),

monthly as (
    select
        coverage.unit,
        coverage.month,
        count(held.month) > 0        as is_active,
        coalesce(sum(daily.held), 0) as held
    from marts.coverage as coverage
    left join held on held.unit = coverage.unit and held.month = coverage.month
    left join daily on daily.unit = coverage.unit and daily.month = coverage.month
    where coverage.status <> 'missing'
        and coverage.month between $start and $until
        and coverage.unit in (select unnest($units))
    group by coverage.unit, coverage.month
),

months as (
    select
        unit,
        count(*)                                as months,
        count(*) filter (where is_active)       as months_active,
        stddev_pop(held) / nullif(avg(held), 0) as variation
    from monthly
    group by unit
),

working as (
    select
        month,
        count(*) filter (where is_working)                       as days,
        count(*) filter (where is_working and is_last_six_weeks) as late_days
    from marts.days
    where day between $start and $until
    group by month
),

even as (
    select monthly.unit, sum(working.late_days) / sum(working.days) as even_share
    from monthly
    join working on working.month = monthly.month
    group by monthly.unit
    having sum(working.late_days) > 0
)

select
    months.unit,
    coalesce(totals.n, 0)                                                                   as n,
    months.months_active,
    months.months,
    months.variation,
    case when spread.gaps >= 7
        then (sqrt(spread.gaps + 1) * spread.r - sqrt(spread.gaps - 1))
            / ((sqrt(spread.gaps + 1) - 2) * spread.r + sqrt(spread.gaps - 1)) end          as burstiness,
    spread.longest_gap,
    case when silent.unit is null then 0 else 1 end                                         as silent,
    case when even.even_share > 0 then totals.late_share end                                as late_share,
    even.even_share
from months
left join even on even.unit = months.unit
left join totals on totals.unit = months.unit
left join spread on spread.unit = months.unit
left join silent on silent.unit = months.unit
order by late_share desc nulls last, months.unit
