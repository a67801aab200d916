-- Which theme of the year did each unit's plan name?
--
-- column unit   text     one row per unit, year and theme
-- column year   integer
-- column theme  text     as the plan words it
select distinct
    unit,
    year(planned_on) as year,
    theme
from raw.standing_plans
where theme is not null and planned_on is not null
