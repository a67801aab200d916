-- How many of those present spoke?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column part      text     upto20, upto40, upto60, upto80 or above80: % of those present who spoke
-- column held      integer  activities
-- column speakers  integer  people who spoke, summed over all activities; the same in each row
-- column attended  integer  people present, summed over all activities; the same in each row
-- column n         integer  activities with both numbers and at least five people present; the same in each row
with told as (
    select
        speakers,
        attended,
        least(4, greatest(0, ceil(5.0 * speakers / attended) - 1)) as place
    from marts.activities
    where month between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
        and speakers is not null
        and attended >= 5
),

parts as (
    select unnest(['upto20', 'upto40', 'upto60', 'upto80', 'above80']) as part, unnest([0, 1, 2, 3, 4]) as place
),

counted as (
    select place, count(*) as held, sum(speakers) as speakers, sum(attended) as attended
    from told
    group by place
)

select
    parts.part,
    coalesce(counted.held, 0)         as held,
    sum(counted.speakers) over ()     as speakers,
    sum(counted.attended) over ()     as attended,
    sum(counted.held) over ()         as n
from parts
left join counted on counted.place = parts.place
qualify n > 0
order by parts.place
