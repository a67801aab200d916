-- Which rewards, deductions and uses of results were recorded?
--
-- column unit         text    one row per reward, deduction or use
-- column direction    text    reward, deduction, grade, talk or rectify
-- column points       double
-- column reason       text
-- column happened_on  date
-- column recorded_on  date
-- column quarter      date    first day of the quarter
select
    unit,
    direction,
    points,
    reason,
    happened_on,
    recorded_on,
    quarter
from raw.standing_adjustments
