-- How old are the members, and how long have they been in the Party?
--
-- param  until  date   last day of the span; the register that stood then
-- param  units  names  units counted
--
-- column subject  text     age or party_age
-- column part     text     under35, to45, to60, over60; new, middle, veteran
-- column people   integer  members in the part, of the units that give all parts
-- column share    double   of the members of these units, 0 to 1; empty where they are fewer than five
-- column n        integer  members of these units
-- column units    integer  units that give all parts
-- column on       date     quarter of the newest register used
with latest as (
    select *
    from marts.registers
    where unit in (select unnest($units)) and coalesce(quarter <= $until, true)
    qualify row_number() over (partition by unit order by quarter desc nulls last) = 1
),

known as (
    select 'age' as subject, members, quarter, members_under35 as a, members_young - members_under35 as b,
        members - members_young - members_over60 as c, members_over60 as d
    from latest
    where is_lowest and members is not null
    union all
    select 'party_age', members, quarter, members_new, members - members_new - members_veteran, members_veteran, 0
    from latest
    where is_lowest and members is not null
),

summed as (
    select subject, sum(a) as a, sum(b) as b, sum(c) as c, sum(d) as d, sum(members) as n, count(*) as units, max(quarter) as "on"
    from known
    where a >= 0 and b >= 0 and c >= 0 and d >= 0
    group by subject
),

parts as (
    select 1 as place, subject, case when subject = 'age' then 'under35' else 'new' end as part, a as people, n, units, "on" from summed
    union all
    select 2, subject, case when subject = 'age' then 'to45' else 'ten_years' end, b, n, units, "on" from summed
    union all
    select 3, subject, case when subject = 'age' then 'to60' else 'veteran' end, c, n, units, "on" from summed
    union all
    select 4, subject, 'over60', d, n, units, "on" from summed where subject = 'age'
)

select subject, part, people, case when n >= 5 then people / n end as share, n, units, "on"
from parts
order by subject, place
