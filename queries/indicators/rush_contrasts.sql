-- Were the activities of a year-end rush attended and thought of like the unit's others?
--
-- param  units  names    the unit
-- param  year   integer
--
-- column unit        text
-- column measure     text     attendance or effect
-- column n_inside    integer  activities in the window
-- column n_outside   integer  activities outside it
-- column inside      double   share or mean score in the window
-- column outside     double   outside it
-- column difference  double   inside less outside
-- column low         double   lower 95 % limit of the difference
-- column high        double   upper 95 % limit of the difference
select
    unit,
    measure,
    n_inside,
    n_outside,
    inside,
    outside,
    difference,
    low,
    high
from marts.contrasts
where unit in (select unnest($units)) and year = $year
order by unit, measure
