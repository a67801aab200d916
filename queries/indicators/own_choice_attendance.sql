-- Do as many come to what the unit chose itself as to what is prescribed?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column group     text     own or prescribed
-- column attended  integer  people who came
-- column expected  integer  people expected
-- column share     double   attended ÷ expected, 0 to 1
-- column low       double   lower end of the 95 % interval, activities counted as wholes, 0 to 1
-- column high      double   upper end, 0 to 1
-- column absent    integer  people who neither came nor asked for leave, where that is recorded; empty where it never is
-- column asked     integer  people expected where that is recorded
-- column n         integer  activities
with counted as (
    select case when is_prescribed then 'prescribed' else 'own' end as "group", expected, attended, absent
    from marts.activities
    where held_on between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
        and expected > 0 and attended is not null
),

rates as (
    select *, sum(attended) over (partition by "group") / sum(expected) over (partition by "group") as rate from counted
),

summed as (
    select
        "group",
        sum(attended) as attended,
        sum(expected) as expected,
        any_value(rate) as share,
        1.96 * sqrt(sum((attended - rate * expected) * (attended - rate * expected)) * count(*) / nullif(count(*) - 1, 0))
            / sum(expected) as half,
        sum(absent) as absent,
        sum(expected) filter (where absent is not null) as asked,
        count(*) as n
    from rates
    group by "group"
)

select
    "group",
    attended,
    expected,
    share,
    case when half is not null then greatest(share - half, 0) end as low,
    case when half is not null then least(share + half, 1) end as high,
    absent,
    asked,
    n
from summed
order by "group" desc
