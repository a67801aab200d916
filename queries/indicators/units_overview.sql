-- Where does each unit stand, side by side?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column unit         text
-- column parent       text
-- column reported     double   share of its months handed in, 0 to 1
-- column held         integer  activities; empty where no month was handed in
-- column met          double   share of what is due that was held, 0 to 1; empty below five
-- column attended     double   share of those expected who came, 0 to 1; empty below five
-- column yearend      double   share of the year's work in its last six weeks, 0 to 1; only of years handed in whole, from eight activities on
-- column prompt       double   share of records written within three working days, 0 to 1; empty below five
-- column linked       double   share of chosen activities that serve a task with something to show, 0 to 1; empty below five
with monthly as (
    select
        unit,
        sum(held)                                                                      as held,
        case when sum(expected) >= 5 then sum(attended) / sum(expected) end            as attended,
        case when sum(dated) >= 5 then sum(prompt) / sum(dated) end                    as prompt,
        case when sum(discretionary) >= 5 then sum(substantive) / sum(discretionary) end as linked
    from marts.monthly
    where month between $start and $until and type in (select unnest($types))
    group by unit
),

due as (
    select unit, case when count(*) >= 5 then count(*) filter (where state = 'met') / count(*) end as met
    from marts.due
    where ends_on between $start and $until and state in ('met', 'short') and type in (select unnest($types))
    group by unit
),

whole_years as (
    select unit, year(month) as year
    from marts.coverage
    where status <> 'missing'
    group by unit, year(month)
    having count(*) = 12
),

yearend as (
    select
        daily.unit,
        coalesce(sum(daily.held) filter (where daily.is_last_six_weeks), 0) / sum(daily.held) as yearend
    from marts.daily as daily
    join whole_years on whole_years.unit = daily.unit and whole_years.year = daily.year
    where daily.year between year($start) and year($until)
        and not daily.is_anchored
        and daily.type in (select unnest($types))
    group by daily.unit
    having sum(daily.held) >= 8
),

coverage as (
    select unit, count(*) filter (where status <> 'missing') / count(*) as reported
    from marts.coverage
    where month between $start and $until
    group by unit
)

select
    units.unit,
    units.parent,
    coverage.reported,
    coalesce(monthly.held, case when coverage.reported > 0 then 0 end) as held,
    due.met,
    monthly.attended,
    yearend.yearend,
    monthly.prompt,
    monthly.linked
from marts.units as units
join coverage on coverage.unit = units.unit
left join monthly on monthly.unit = units.unit
left join due on due.unit = units.unit
left join yearend on yearend.unit = units.unit
where units.unit in (select unnest($units))
order by units.position
