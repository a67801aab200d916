-- Does the secretary host, lecture, and do the leaders come?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column group  text     hosted, lectured or leaders
-- column k      integer  meetings hosted by the secretary, branch-years with a lecture of the secretary's, leaders who came
-- column of     integer  meetings whose host's post is recorded, branch-years in which lecturers are recorded, leaders expected
-- column share  double   k ÷ of, 0 to 1
-- column low    double   lower end of the 95 % interval (Wilson), 0 to 1
-- column high   double   upper end, 0 to 1
-- column n      integer  the same as of
-- column lacks  text     which columns are missing: host_role, speaker or leaders; empty where it can be said
with counted as (
    select unit, year(held_on) as year, type, host, host_role, speaker, leaders_expected, leaders_attended
    from marts.activities
    where held_on between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
),

secretaries as (
    select distinct unit, host from counted where host_role = 'secretary' and host is not null
),

lecturing as (
    select distinct unit from counted where type = 'party_lecture' and speaker is not null
),

lectures as (
    select
        counted.unit,
        counted.year,
        max(case when counted.type = 'party_lecture' and counted.speaker = secretaries.host then 1 else 0 end) as by_secretary
    from counted
    join secretaries on secretaries.unit = counted.unit
    where counted.unit in (select unit from lecturing)
    group by counted.unit, counted.year
),

told as (
    select
        1 as place,
        'hosted' as "group",
        count(*) filter (where host_role = 'secretary') as k,
        count(host_role) as whole,
        'host_role' as lacks
    from counted
    where type in ('members_meeting', 'committee_meeting', 'life_meeting')
    union all
    select 2, 'lectured', coalesce(sum(by_secretary), 0), count(*), 'speaker' from lectures
    union all
    select 3, 'leaders', coalesce(sum(leaders_attended), 0), coalesce(sum(leaders_expected), 0), 'leaders'
    from counted
    where leaders_expected > 0 and leaders_attended is not null
)

select
    "group",
    cast(k as bigint) as k,
    cast(whole as bigint) as "of",
    case when whole >= 5 then k / whole end as share,
    case when whole >= 5 then (k / whole + 1.9208 / whole - 1.96 * sqrt(k / whole * (1 - k / whole) / whole + 0.9604 / whole / whole)) / (1 + 3.8416 / whole) end as low,
    case when whole >= 5 then (k / whole + 1.9208 / whole + 1.96 * sqrt(k / whole * (1 - k / whole) / whole + 0.9604 / whole / whole)) / (1 + 3.8416 / whole) end as high,
    cast(whole as bigint) as n,
    case when whole = 0 then lacks end as lacks
from told
order by place
