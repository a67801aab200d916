-- Were the organisational-life meetings frank, and was what they found put right?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column unit        text
-- column held_on     date
-- column attended    integer  people
-- column criticisms  integer  criticisms voiced of one another
-- column per_person  double   criticisms ÷ people; empty below five people
-- column raised      integer  problems found
-- column solved      integer  problems put right
select
    unit,
    held_on,
    attended,
    criticisms,
    case when attended >= 5 then criticisms * 1.0 / attended end  as per_person,
    problems_raised                                               as raised,
    problems_solved                                               as solved
from marts.activities
where month between $start and $until
    and unit in (select unnest($units))
    and type in (select unnest($types))
    and type = 'life_meeting'
    and criticisms is not null
order by held_on, unit
