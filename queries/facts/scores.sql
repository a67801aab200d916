-- Which score did each unit get on each criterion?
--
-- column unit       text    one row per unit, quarter, criterion and rater
-- column quarter    date    first day of the quarter
-- column criterion  text
-- column score      double
-- column max_score  double
-- column rater      text    salted token, never a name
select
    unit,
    quarter,
    criterion,
    score,
    max_score,
    rater
from raw.standing_evaluations
