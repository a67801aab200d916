-- How many of the party-affairs officers are replaced in a quarter?
--
-- param  until  date   last day counted; registers of all years before belong to the trend
-- param  units  names  units counted
--
-- column quarter  date     first day of the quarter, of each register that gives both
-- column changed  integer  officers replaced during the quarter
-- column posts    integer  officers of the units that say how many were replaced
-- column share    double   replaced ÷ posts, 0 to 1
-- column low      double   lower end of the 95 % interval (Wilson), 0 to 1
-- column high     double   upper end, 0 to 1
-- column n        integer  the same as posts
with counted as (
    select quarter, sum(least(officers_changed, officers)) as changed, sum(officers) as posts
    from marts.registers
    where quarter <= $until
        and unit in (select unnest($units))
        and officers > 0 and officers_changed is not null
    group by quarter
),

shares as (
    select *, changed / posts as p from counted where posts >= 5
)

select
    quarter,
    changed,
    posts,
    p as share,
    (p + 1.9208 / posts - 1.96 * sqrt(p * (1 - p) / posts + 0.9604 / posts / posts)) / (1 + 3.8416 / posts) as low,
    (p + 1.9208 / posts + 1.96 * sqrt(p * (1 - p) / posts + 0.9604 / posts / posts)) / (1 + 3.8416 / posts) as high,
    posts as n
from shares
order by quarter
