-- Which topics were held in several branches within one week?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column topic      text     the topic, as the first of them words it, once with its widest wave; at most six, empty where there is none
-- column branches   integer  units that held it, digits, blanks and punctuation aside, within seven days
-- column held       integer  their activities in these days
-- column starts_on  date     first of these days
-- column ends_on    date     last of these days
-- column together   integer  activities of all such topics; the same in each row
-- column n          integer  activities with a topic, of kinds whose subject the unit chooses; the same in each row
with activities as (
    select unit, held_on, topic
    from marts.activities
    where month between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
        and is_discretionary
        and is_day_known
        and topic is not null
),

topics as (
    select topic, regexp_replace(topic, '[\s\p{P}\p{S}0-9]', '', 'g') as plain
    from (select distinct topic from activities) as worded
),

judged as (
    select activities.unit, activities.held_on, activities.topic, topics.plain
    from activities
    join topics on topics.topic = activities.topic
),

-- Three units of a day are enough to tell whether a week has three.
days as (
    select plain, held_on, unit
    from judged
    where length(plain) >= 5
    group by plain, held_on, unit
    qualify row_number() over (partition by plain, held_on order by unit) <= 3
),

-- Every day that begins a week in which three or more units held the topic.
weeks as (
    select first.plain, first.held_on as starts_on, max(days.held_on) as ends_on
    from (select distinct plain, held_on from days) as first
    join days on days.plain = first.plain and days.held_on between first.held_on and first.held_on + 6
    group by first.plain, first.held_on
    having count(distinct days.unit) >= 3
),

-- Weeks that overlap are one wave.
begun as (
    select
        *,
        case when starts_on <= max(ends_on) over (
            partition by plain order by starts_on rows between unbounded preceding and 1 preceding
        ) then 0 else 1 end as is_new
    from weeks
),

numbered as (
    select *, sum(is_new) over (partition by plain order by starts_on) as wave
    from begun
),

waves as (
    select plain, wave, min(starts_on) as starts_on, max(ends_on) as ends_on
    from numbered
    group by plain, wave
),

told as (
    select
        waves.plain,
        min_by(judged.topic, judged.held_on)  as topic,
        count(distinct judged.unit)           as branches,
        count(*)                              as held,
        waves.starts_on,
        waves.ends_on
    from waves
    join judged on judged.plain = waves.plain and judged.held_on between waves.starts_on and waves.ends_on
    group by waves.plain, waves.starts_on, waves.ends_on
),

widest as (
    select * from told
    qualify row_number() over (partition by plain order by branches desc, held desc, starts_on) = 1
),

totals as (
    select (select count(*) from judged) as n, (select coalesce(sum(held), 0) from told) as together
)

select
    told.topic,
    told.branches,
    told.held,
    told.starts_on,
    told.ends_on,
    totals.together,
    totals.n
from totals
left join widest as told on true
where totals.n > 0
order by told.branches desc, told.held desc, told.starts_on, told.topic
limit 6
