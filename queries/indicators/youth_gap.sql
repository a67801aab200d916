-- Do members born after 1980 come as the others do, to what is prescribed and to what the unit chose itself?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column group     text     young_prescribed, others_prescribed, young_own, others_own
-- column attended  integer  people who came
-- column expected  integer  people expected
-- column share     double   attended ÷ expected, 0 to 1
-- column low       double   lower end of the 95 % interval, activities counted as wholes, 0 to 1
-- column high      double   upper end, 0 to 1
-- column missed_young   integer  members born after 1980 expected who did not come; empty for the others
-- column missed_others  integer  the same of the others
-- column expected_young   integer  members born after 1980 expected; empty for the others
-- column expected_others  integer  the same of the others
-- column n         integer  activities
with counted as (
    select is_prescribed, expected, attended, young_expected, young_attended
    from marts.activities
    where held_on between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
        and expected >= young_expected and attended >= young_attended
        and young_expected >= young_attended and expected - young_expected >= attended - young_attended
),

split as (
    select 'young' as age, is_prescribed, young_expected as expected, young_attended as attended
    from counted where young_expected > 0
    union all
    select 'others', is_prescribed, expected - young_expected, attended - young_attended
    from counted where expected > young_expected
),

rates as (
    select *, sum(attended) over same / sum(expected) over same as rate
    from split
    window same as (partition by age, is_prescribed)
),

summed as (
    select
        age,
        is_prescribed,
        sum(attended) as attended,
        sum(expected) as expected,
        any_value(rate) as share,
        1.96 * sqrt(sum((attended - rate * expected) * (attended - rate * expected)) * count(*) / nullif(count(*) - 1, 0))
            / sum(expected) as half,
        count(*) as n
    from rates
    group by age, is_prescribed
)

select
    age || case when is_prescribed then '_prescribed' else '_own' end as "group",
    attended,
    expected,
    share,
    case when half is not null then greatest(share - half, 0) end as low,
    case when half is not null then least(share + half, 1) end as high,
    case when age = 'young' then expected - attended end as missed_young,
    case when age = 'others' then expected - attended end as missed_others,
    case when age = 'young' then expected end as expected_young,
    case when age = 'others' then expected end as expected_others,
    n
from summed
order by is_prescribed desc, age desc
