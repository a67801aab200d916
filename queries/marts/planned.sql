-- How many activities did each unit plan for each month?
--
-- column unit     text     one row per unit, month and type
-- column month    date     first day of the month
-- column type     text
-- column planned  integer  activities
select
    unit,
    make_date(year(planned_on), month(planned_on), 1) as month,
    type,
    sum(occasions)                                    as planned
from facts.plans
group by all
