-- What did those who came think they gained?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column part     text     full, from90, from80, from60 or below60: % of the full mark of the unit's own scale
-- column held     integer  activities
-- column praised  integer  activities rated at least 90 %; the same in each row
-- column n        integer  activities with a rating; the same in each row
with scaled as (
    select
        month,
        type,
        satisfaction,
        max(satisfaction) over (partition by unit) as highest
    from marts.activities
    where unit in (select unnest($units))
        and satisfaction is not null
),

-- The full mark is the smallest of 1, 5, 10 and 100 that no rating of the unit exceeds.
rated as (
    select
        satisfaction / case when highest <= 1 then 1 when highest <= 5 then 5 when highest <= 10 then 10 else 100 end as share
    from scaled
    where month between $start and $until
        and type in (select unnest($types))
),

counted as (
    select
        case
            when share >= 1 then 'full'
            when share >= 0.9 then 'from90'
            when share >= 0.8 then 'from80'
            when share >= 0.6 then 'from60'
            else 'below60'
        end       as part,
        count(*)  as held
    from rated
    group by 1
),

parts as (
    select
        unnest(['full', 'from90', 'from80', 'from60', 'below60']) as part,
        unnest([1, 2, 3, 4, 5])                                   as position
)

select
    parts.part,
    coalesce(counted.held, 0)                                                                 as held,
    coalesce(sum(counted.held) filter (where parts.part in ('full', 'from90')) over (), 0)    as praised,
    sum(counted.held) over ()                                                                 as n
from parts
left join counted on counted.part = parts.part
qualify n > 0
order by parts.position
