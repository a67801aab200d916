-- Do the organ's own office and the leaders' branches do as well as the others?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column unit            text     branches and offices; the leaders' branches and the own office first
-- column is_leaders      boolean  a leaders' branch
-- column is_own          boolean  the organ's own office
-- column is_near         boolean  one of the two
-- column held            integer  activities
-- column per_month       double   activities per month handed in
-- column attended        double   attended ÷ expected, 0 to 1; empty below twenty expected
-- column even            double   share of the activities in the months in which even work would lie, 0 to 1; empty without a year of eight and three months
-- column is_silent       boolean  a quarter was handed in whole and nothing was held
-- column near_silent     integer  silent units of the two groups; the same in every row
-- column near_per_month  double   per month of the two groups together
-- column rest_per_month  double   of the others
-- column near_attended   double   of the two groups together, 0 to 1
-- column rest_attended   double   of the others, 0 to 1
-- column near_even       double   of the two groups together, 0 to 1
-- column rest_even       double   of the others, 0 to 1
-- column gap             double   the worst of the three: the two groups ÷ the others, less 1
with units as (
    select * from marts.units where unit in (select unnest($units)) and kind in ('branch', 'office')
),

coverage as (
    select coverage.unit, coverage.month, coverage.status
    from marts.coverage as coverage
    join units on units.unit = coverage.unit
    where coverage.month between $start and $until
),

handed_in as (
    select unit, count(*) as months from coverage where status <> 'missing' group by unit
),

monthly as (
    select unit, sum(held) as held, sum(expected) as expected, sum(attended) as attended
    from marts.monthly
    where month between $start and $until and type in (select unnest($types))
    group by unit
),

working as (
    select year, month, count(*) filter (where is_working) as days
    from marts.days
    where day between $start and $until
    group by year, month
),

daily as (
    select unit, month, sum(held) as held
    from marts.daily
    where day between $start and $until and type in (select unnest($types)) and not is_anchored
    group by unit, month
),

spread as (
    select
        coverage.unit,
        coalesce(daily.held, 0)                                                          as held,
        sum(coalesce(daily.held, 0)) over (partition by coverage.unit, working.year)     as yearly,
        working.days / sum(working.days) over (partition by coverage.unit, working.year) as even,
        count(*) over (partition by coverage.unit, working.year)                         as months
    from coverage
    join working on working.month = coverage.month
    left join daily on daily.unit = coverage.unit and daily.month = coverage.month
    where coverage.status <> 'missing'
),

evenness as (
    select unit, sum(least(held, yearly * even)) as in_place, sum(held) as spread_held
    from spread
    where months >= 3 and yearly >= 8
    group by unit
),

silent as (
    select distinct unit from marts.silent where quarter between $start and $until - interval 2 month
),

measured as (
    select
        units.unit,
        units.position,
        units.is_leaders,
        units.is_own_office                              as is_own,
        units.is_leaders or units.is_own_office          as is_near,
        handed_in.months,
        coalesce(monthly.held, 0)                        as held,
        monthly.expected,
        monthly.attended,
        evenness.in_place,
        evenness.spread_held,
        silent.unit is not null                          as is_silent
    from units
    join handed_in on handed_in.unit = units.unit
    left join monthly on monthly.unit = units.unit
    left join evenness on evenness.unit = units.unit
    left join silent on silent.unit = units.unit
),

groups as (
    select
        count(*) filter (where is_near and is_silent)                                                               as near_silent,
        sum(held) filter (where is_near) / sum(months) filter (where is_near)                                       as near_per_month,
        sum(held) filter (where not is_near) / sum(months) filter (where not is_near)                               as rest_per_month,
        sum(attended) filter (where is_near) / nullif(sum(expected) filter (where is_near), 0)                      as near_attended,
        sum(attended) filter (where not is_near) / nullif(sum(expected) filter (where not is_near), 0)              as rest_attended,
        sum(in_place) filter (where is_near) / sum(spread_held) filter (where is_near)                              as near_even,
        sum(in_place) filter (where not is_near) / sum(spread_held) filter (where not is_near)                      as rest_even
    from measured
)

select
    measured.unit,
    measured.is_leaders,
    measured.is_own,
    measured.is_near,
    measured.held,
    measured.held / measured.months                                                  as per_month,
    case when measured.expected >= 20 then measured.attended / measured.expected end as attended,
    measured.in_place / measured.spread_held                                         as even,
    measured.is_silent,
    groups.near_silent,
    groups.near_per_month,
    groups.rest_per_month,
    groups.near_attended,
    groups.rest_attended,
    groups.near_even,
    groups.rest_even,
    least(
        groups.near_per_month / nullif(groups.rest_per_month, 0),
        groups.near_attended / nullif(groups.rest_attended, 0),
        groups.near_even / nullif(groups.rest_even, 0)
    ) - 1                                                                            as gap
from measured
cross join groups
order by not measured.is_leaders, not measured.is_own, measured.position
