-- Which rewards, deductions and uses of results were recorded?
--
-- column unit         text    one row per reward, deduction or use
-- column direction    text    reward, deduction, grade, talk or rectify
-- column points       double
-- column reason       text
-- column happened_on  date
-- column recorded_on  date
-- column quarter      date    first day of the quarter
with standing as (
    select adjustments.*
    from raw.adjustments as adjustments
    join raw.batches as batches on batches.batch = adjustments.batch
    where batches.undone_at is null
    qualify row_number() over (partition by adjustments.key order by adjustments.batch desc, adjustments.record) = 1
)

select
    unit,
    direction,
    points,
    reason,
    happened_on,
    recorded_on,
    quarter
from standing
