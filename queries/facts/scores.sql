-- Which score did each unit get on each criterion?
--
-- column unit       text    one row per unit, quarter, criterion and rater
-- column quarter    date    first day of the quarter
-- column criterion  text
-- column score      double
-- column max_score  double
-- column rater      text    salted token, never a name
with standing as (
    select evaluations.*
    from raw.evaluations as evaluations
    join raw.batches as batches on batches.batch = evaluations.batch
    where batches.undone_at is null
    qualify row_number() over (partition by evaluations.key order by evaluations.batch desc, evaluations.record) = 1
)

select
    unit,
    quarter,
    criterion,
    score,
    max_score,
    rater
from standing
