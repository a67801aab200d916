-- Which theme of the year did each unit's plan name?
--
-- column unit   text     one row per unit, year and theme
-- column year   integer
-- column theme  text     as the plan words it
select
    unit,
    year,
    theme
from facts.themes
