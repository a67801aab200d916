-- Which rewards, deductions and uses of results does each unit have?
--
-- column unit         text     one row per reward, deduction or use; a quarter's total is left out where its items are there
-- column direction    text     reward, deduction, grade, talk or rectify
-- column points       double   as recorded, without sign
-- column happened_on  date
-- column recorded_on  date
-- column fed_back_on  date     day the unit was told
-- column quarter      date     first day of the quarter; where the sheet names none, that of the day recorded, else happened
-- column year         integer  of that quarter
-- column month        date     first day of the month recorded, else happened; empty where neither is known
-- column is_total     boolean  a quarter's points in one cell, without reason or day
select
    unit,
    direction,
    points,
    happened_on,
    recorded_on,
    fed_back_on,
    quarter,
    year(quarter)                                 as year,
    make_date(year(known_on), month(known_on), 1) as month,
    is_total
from facts.adjustments
