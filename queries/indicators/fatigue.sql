-- Do fewer come from one activity of the same form to the next?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column group   text     form as the ledger words it; the eight most used, and all of them together
-- column slope   double   percentage points of attendance per further activity of the same form in the same unit and year
-- column low     double   lower end of the 95 % interval
-- column high    double   upper end
-- column series  integer  series: one unit's activities of one form in one year, three or more
-- column n       integer  activities in these series
with counted as (
    select
        unit,
        form,
        year(held_on) as year,
        attended / expected as rate,
        row_number() over (partition by unit, form, year(held_on) order by held_on, activity) as nth
    from marts.activities
    where held_on between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
        and expected > 0 and attended is not null and attended <= expected and form is not null
),

centred as (
    select
        unit,
        form,
        year,
        rate - avg(rate) over series as rate,
        nth - avg(nth) over series as nth,
        count(*) over series as long
    from counted
    window series as (partition by unit, form, year)
),

series as (
    select unit, form, year, sum(nth * rate) as covaried, sum(nth * nth) as varied, count(*) as n
    from centred
    where long >= 3
    group by unit, form, year
),

used as (
    select form as "group", covaried, varied, n, sum(n) over (partition by form) as activities from series
    union all
    select 'every_form', covaried, varied, n, cast(null as bigint) from series
),

slopes as (
    select *, sum(covaried) over (partition by "group") / sum(varied) over (partition by "group") as slope from used
),

summed as (
    select
        "group",
        any_value(slope) as slope,
        1.96 * sqrt(sum((covaried - slope * varied) * (covaried - slope * varied)) * count(*) / nullif(count(*) - 1, 0))
            / sum(varied) as half,
        count(*) as series,
        sum(n) as n,
        any_value(activities) as activities
    from slopes
    group by "group"
    having count(*) >= 5
)

select "group", 100 * slope as slope, 100 * (slope - half) as low, 100 * (slope + half) as high, series, n
from summed
order by activities desc nulls first, "group"
limit 9
