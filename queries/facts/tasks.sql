-- Which key business tasks did each unit carry in each quarter?
--
-- column unit      text    one row per unit, task and quarter
-- column task      text
-- column number    text    the task's number in the office's own list
-- column quarter   date    first day of the quarter
-- column progress  double  share done, 0 to 1
-- column score     double  business score
select
    unit,
    task,
    number,
    quarter,
    progress,
    score
from raw.standing_tasks
