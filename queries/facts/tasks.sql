-- Which key business tasks did each unit carry in each quarter?
--
-- column unit      text    one row per unit, task and quarter
-- column task      text
-- column number    text    the task's number in the office's own list
-- column quarter   date    first day of the quarter
-- column progress  double  share done, 0 to 1
-- column score     double  business score
with standing as (
    select tasks.*
    from raw.tasks as tasks
    join raw.batches as batches on batches.batch = tasks.batch
    where batches.undone_at is null
    qualify row_number() over (partition by tasks.key order by tasks.batch desc, tasks.record) = 1
)

select
    unit,
    task,
    number,
    quarter,
    progress,
    score
from standing
