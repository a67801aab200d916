-- Which key tasks did each unit carry in each quarter, and how did they go?
--
-- column unit      text    one row per unit, task and quarter
-- column task      text
-- column quarter   date    first day of the quarter
-- column progress  double  share done, 0 to 1
-- column score     double
select
    unit,
    task,
    quarter,
    progress,
    score
from facts.tasks
