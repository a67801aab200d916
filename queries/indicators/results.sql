-- What came of the activities: problems solved, results turned into business, reports?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column group  text     solved, converted (both of activities linked to a task), reported (of all activities)
-- column k      integer  activities with a problem solved, with a result written down, with a report
-- column n      integer  activities for which the ledger tells
-- column share  double   k ÷ n, 0 to 1
-- column low    double   lower end of the 95 % interval (Wilson), 0 to 1
-- column high   double   upper end, 0 to 1
-- column items  integer  problems solved, results, reports
-- column lacks  text     which column is missing: problems_solved, outcome or reports; empty where it can be said
with counted as (
    select unit, task is not null as is_linked, problems_solved, outcome, reports
    from marts.activities
    where held_on between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
),

telling as (
    select distinct unit from marts.activities where outcome is not null
),

told as (
    select 1 as place, 'solved' as "group", count(*) filter (where problems_solved > 0) as k, count(*) as n,
        sum(problems_solved) as items, 'problems_solved' as lacks
    from counted where is_linked and problems_solved is not null
    union all
    select 2, 'converted', count(outcome), count(*), count(outcome), 'outcome'
    from counted where is_linked and unit in (select unit from telling)
    union all
    select 3, 'reported', count(*) filter (where reports > 0), count(*), sum(reports), 'reports'
    from counted where reports is not null
),

shares as (
    select *, case when n >= 5 then k / n end as p from told
)

select
    "group",
    k,
    n,
    p as share,
    (p + 1.9208 / n - 1.96 * sqrt(p * (1 - p) / n + 0.9604 / n / n)) / (1 + 3.8416 / n) as low,
    (p + 1.9208 / n + 1.96 * sqrt(p * (1 - p) / n + 0.9604 / n / n)) / (1 + 3.8416 / n) as high,
    cast(coalesce(items, 0) as bigint) as items,
    case when n = 0 then lacks end as lacks
from shares
order by place
