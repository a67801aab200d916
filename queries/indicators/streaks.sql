-- For how many months on end has each unit held what is due?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column unit     text     one row per unit and month in which something was due
-- column month    date     first day
-- column state    text     met, short, or unreported where it cannot be judged
-- column run      integer  months met on end up to and including this one, from before the span too; 0 where it is not met
-- column current  integer  months met on end up to the last month judged
-- column longest  integer  the longest run of the unit up to the end of the span
-- column met      integer  1 where met, else 0
-- column judged   integer  1 where met or short, else 0
with monthly as (
    select
        unit,
        make_date(year(ends_on), month(ends_on), 1) as month,
        case
            when count(*) filter (where state = 'short') > 0 then 'short'
            when count(*) filter (where state = 'unreported') > 0 then 'unreported'
            else 'met'
        end                                         as state
    from marts.due
    where ends_on <= $until
        and every <> 'year'
        and state <> 'ahead'
        and unit in (select unnest($units))
        and type in (select unnest($types))
    group by unit, month
),

islands as (
    select *, count(*) filter (where state <> 'met') over (partition by unit order by month) as island
    from monthly
),

runs as (
    select
        unit,
        month,
        state,
        count(*) filter (where state = 'met') over (partition by unit, island order by month) as run
    from islands
),

lasts as (
    select unit, arg_max(run, month) filter (where state <> 'unreported') as current, max(run) as longest
    from runs
    group by unit
)

select
    runs.unit,
    runs.month,
    runs.state,
    runs.run,
    lasts.current,
    lasts.longest,
    case when runs.state = 'met' then 1 else 0 end         as met,
    case when runs.state <> 'unreported' then 1 else 0 end as judged
from runs
join lasts on lasts.unit = runs.unit
left join marts.units as units on units.unit = runs.unit
where runs.month >= $start
order by units.position, runs.unit, runs.month
