-- Which meetings were missing in their time and made good in a year-end rush?
--
-- param  units  names    the unit
-- param  year   integer
--
-- column unit     text
-- column type     text
-- column due      integer  due in the year
-- column held     integer  held in the year
-- column made_up  integer  missed in their time and held in the window beyond what was due there
-- column missing  text     first months of the periods missed
select
    unit,
    type,
    due,
    held,
    made_up,
    missing
from marts.made_up
where unit in (select unnest($units)) and year = $year
order by made_up desc, unit, type
