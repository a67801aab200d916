-- Which meetings of party life have a title that names business alone?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column word     text     the business word that decided; the most often first
-- column held     integer  meetings and lectures whose title holds it and no word of party life
-- column held_by  integer  units that held them
-- column example  text     the latest such title
-- column share    double   held ÷ meetings, 0 to 1
-- column meetings integer  all meetings and lectures (三会一课) with a title, the same in each row
-- column found    integer  those with a title of business alone, the same in each row
with counted as (
    select activities.unit, activities.held_on, activities.topic, subjects.party_word, subjects.business_word
    from marts.activities as activities
    left join marts.subjects as subjects on subjects.topic = activities.topic
    where activities.held_on between $start and $until
        and activities.unit in (select unnest($units))
        and activities.type in (select unnest($types))
        and activities.type in ('members_meeting', 'committee_meeting', 'group_meeting', 'party_lecture')
        and activities.topic is not null
),

told as (
    select
        case when party_word is null then business_word end as word,
        unit,
        held_on,
        topic,
        count(*) over () as meetings,
        count(*) filter (where party_word is null and business_word is not null) over () as found
    from counted
)

select
    word,
    count(*)                        as held,
    count(distinct unit)            as held_by,
    arg_max(topic, (held_on, topic)) as example,
    count(*) / any_value(meetings)  as share,
    any_value(meetings)             as meetings,
    any_value(found)                as found
from told
where word is not null
group by word
order by held desc, word
limit 15
