-- Which of the seven elements of preparation are on record?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column part  text     notice, hour, place, form, goal, division or supplies
-- column held  integer  activities that record the element
-- column n     integer  activities of units that fill the column of the element; 0 where nobody does
with activities as (
    select
        unit,
        least(notified_on, planned_on) <= case when not is_day_known then last_day(held_on) else held_on end as notice,
        starts_at,
        place,
        form,
        prepared,
        notified_on,
        planned_on
    from marts.activities
    where month between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
),

prepared as (
    select
        prepared,
        bool_or(dictionary.name = 'goal')      as goal,
        bool_or(dictionary.name = 'division')  as division,
        bool_or(dictionary.name = 'supplies')  as supplies
    from (select distinct prepared from activities) as texts
    join marts.dictionary as dictionary
        on contains(texts.prepared, dictionary.word) and dictionary.name in ('goal', 'division', 'supplies')
    group by prepared
),

judged as (
    select
        activities.*,
        prepared.goal,
        prepared.division,
        prepared.supplies,
        count(coalesce(notified_on, planned_on)) over (partition by unit) > 0  as tells_notice,
        count(starts_at) over (partition by unit) > 0                          as tells_hour,
        count(place) over (partition by unit) > 0                              as tells_place,
        count(form) over (partition by unit) > 0                               as tells_form,
        count(activities.prepared) over (partition by unit) > 0                as tells_prepared
    from activities
    left join prepared on prepared.prepared = activities.prepared
),

counted as (
    select
        [
            {'part': 'notice', 'held': count(*) filter (where notice), 'n': count(*) filter (where tells_notice)},
            {'part': 'hour', 'held': count(starts_at), 'n': count(*) filter (where tells_hour)},
            {'part': 'place', 'held': count(place), 'n': count(*) filter (where tells_place)},
            {'part': 'form', 'held': count(form), 'n': count(*) filter (where tells_form)},
            {'part': 'goal', 'held': count(*) filter (where goal), 'n': count(*) filter (where tells_prepared)},
            {'part': 'division', 'held': count(*) filter (where division), 'n': count(*) filter (where tells_prepared)},
            {'part': 'supplies', 'held': count(*) filter (where supplies), 'n': count(*) filter (where tells_prepared)}
        ] as elements
    from judged
    having count(*) > 0
)

select element.part, element.held, element.n
from (select unnest(elements) as element from counted) as listed
